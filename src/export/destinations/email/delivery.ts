/** How far a mail came. It can have arrived in the last of these only. */
export type Phase = 'connecting' | 'login' | 'envelope' | 'content' | 'answer';

/** What a mail server answered, safe to show. */
export interface Reply {
  /** Of RFC 5321, section 4.2: 4yz for now, 5yz for good. */
  readonly code: number;
  readonly text: string;
}

export interface RefusedRecipient {
  readonly address: string;
  readonly reply: Reply;
}

/** How the attempt to deliver one mail ended. */
export type DeliveryEnd =
  /** The server has taken it over, for all recipients. */
  | { readonly kind: 'accepted' }
  /** It went to `accepted` only; to nobody where that is empty. */
  | {
      readonly kind: 'recipients-refused';
      /** At least one. */
      readonly refused: readonly RefusedRecipient[];
      readonly accepted: readonly string[];
    }
  /** The server said no: nothing has arrived. `content` is the mail itself. */
  | {
      readonly kind: 'refused';
      readonly step: 'connection' | 'login' | 'sender' | 'content';
      readonly reply: Reply;
    }
  /** It came to no clear answer. */
  | {
      readonly kind: 'broken';
      readonly phase: Phase;
      /** `stopped`: by us, since orderpark stops. */
      readonly cause: 'lost' | 'silent' | 'untrusted' | 'stopped';
      /** In words, safe to show. */
      readonly detail: string;
    };
