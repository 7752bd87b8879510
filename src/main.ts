#!/usr/bin/env node
import { runCli } from './cli/program.js';
import { processTerminal } from './cli/terminal.js';
import { createLogger } from './runtime/logger.js';
import { listenForShutdown } from './runtime/shutdown.js';

/** How long work may take to end after SIGINT or SIGTERM. */
const DEADLINE_MS = 20_000;

const terminal = processTerminal();
const logger = createLogger({
  level: 'warn',
  format: terminal.isInteractive ? 'plain' : 'json',
  write: (line) => terminal.err(line),
});
const shutdown = listenForShutdown({ deadlineMs: DEADLINE_MS, logger });

// A reader that closed the pipe (`orderpark orders list | head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  terminal,
  env: process.env,
  cwd: process.cwd(),
  signal: shutdown.signal,
});
shutdown.done();
