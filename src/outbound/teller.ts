import type { Listener, StoreTransaction } from '../store/store.js';
import { bodyOf, type EventDraft, type EventType, eventsOf } from './events.js';
import { knownEvents } from './subscription.js';

/** Tells the subscriptions that listen, within one transaction; it reads them once, if at all. */
export class Teller {
  #listeners: Promise<ReadonlyMap<EventType, readonly string[]>> | undefined;

  constructor(
    private readonly tx: Pick<StoreTransaction, 'listeners' | 'addEvents'>,
    private readonly newId: () => string,
    private readonly onTold: () => void,
  ) {}

  async hasListener(type: EventType): Promise<boolean> {
    return (await this.#read()).has(type);
  }

  async tell(drafts: readonly EventDraft[]): Promise<void> {
    if (drafts.length === 0) return;
    const listeners = await this.#read();
    const events = drafts.flatMap((draft) => {
      const { type, at } = draft;
      const to = listeners.get(type);
      return to ? [{ id: `evt_${this.newId()}`, type, at, body: bodyOf(draft), to }] : [];
    });
    if (events.length === 0) return;
    await this.tx.addEvents(events);
    this.onTold();
  }

  /** Ids of subscriptions by the event that they want. */
  #read(): Promise<ReadonlyMap<EventType, readonly string[]>> {
    this.#listeners ??= this.tx.listeners().then(byEvent);
    return this.#listeners;
  }
}

function byEvent(listeners: readonly Listener[]): ReadonlyMap<EventType, readonly string[]> {
  const wanted = new Map<EventType, string[]>();
  for (const listener of listeners) {
    const { category, events } = knownEvents(listener);
    for (const type of listener.events.length > 0 ? events : eventsOf(category)) {
      wanted.set(type, [...(wanted.get(type) ?? []), listener.id]);
    }
  }
  return wanted;
}
