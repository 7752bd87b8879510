import { dialectOf } from './dialect.js';
import type { Migration } from './migration.js';

/** Version 4: sessions of the page, and who did what. */
export const access: Migration = {
  version: 4,
  statements(kind) {
    const { text, serial, strict, clustered } = dialectOf(kind);
    return [
      `create table sessions (
        hash ${text} not null primary key, name ${text} not null, created_at ${text} not null,
        expires_at ${text} not null) ${clustered}`,
      'create index sessions_over on sessions (expires_at)',
      `create table audit (
        id ${serial}, at ${text} not null, who ${text} not null, role ${text} not null,
        address ${text} not null, action ${text} not null, target ${text} not null,
        detail ${text} not null) ${strict}`,
      'create index audit_target on audit (target, id)',
    ];
  },
};
