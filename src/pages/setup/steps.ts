/** The steps of a first config, in their order. */
export const STEPS = ['shop', 'keys', 'company', 'rules', 'books', 'review', 'done'] as const;
export type Step = (typeof STEPS)[number];

export const pathOf = (step: Step): string => `/${step}`;

export const WRITE_PATH = pathOf('review');
export const APPROVE_PATH = '/keys/approve';
export const APPROVED_PATH = '/keys/approved';
export const REGISTER_PATH = '/done/webhooks';
export const END_PATH = '/done/end';
