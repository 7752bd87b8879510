import { z } from 'zod';

/** An amount in minor units of its currency. */
export const minor = z.int();

/** A moment in UTC. */
export const instant = z.iso.datetime({ precision: 3 });

/** A day on the calendar of the config's zone. */
export const day = z.iso.date();
