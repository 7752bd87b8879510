/** Another process is the daemon of this database. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
  constructor(
    readonly holder: string,
    readonly since: string,
  ) {
    const [host, pid] = holder.split(':');
    super(
      `Another orderpark runs on this database: process ${pid} on ${host}, since ${since}. Stop that one first; the other commands work beside it.`,
    );
  }
}
