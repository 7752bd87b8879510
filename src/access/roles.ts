/** Who may do what on the page and over the API. */
export const ROLES = ['viewer', 'accountant', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * `read`: see orders, documents, runs, deliveries, statements. `act`: decide about orders and postings,
 * look again, retry. `raw`: what shops sent, as it came. `notify`: manage outbound webhooks.
 * `configure`: see the configuration and plan a change of it; see who did what.
 */
export const PERMISSIONS = ['read', 'act', 'raw', 'notify', 'configure'] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  accountant: ['read', 'act', 'raw'],
  operator: ['read', 'act', 'raw', 'notify'],
  admin: PERMISSIONS,
};

export function may(role: Role, permission: Permission): boolean {
  return GRANTED[role].includes(permission);
}
