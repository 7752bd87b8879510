export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0b6273"/><path d="M5 12V4h3.6a2.6 2.6 0 0 1 0 5.2H7V12z" fill="#fff"/></svg>';
