/** What the driver sent and what it was told, to be compared with what is stored. */
export class Ledger {
  /** External ids of well-formed rows. Whatever is stored must be among them. */
  readonly sent = new Set<string>();
  /** External id → id, as a 2xx said. */
  readonly acknowledged = new Map<string, string>();
  /** Sessions of events without an external id: only their Idempotency-Key keeps them from being stored twice. */
  readonly sessions = new Map<string, string>();
  readonly runs: string[] = [];
  readonly uploads: { id: string; rows: number }[] = [];
  /** What must not have happened, in words. */
  readonly wrong: string[] = [];
  /** Files and runs that were seen to be finished while the load went on. */
  ended = 0;
  answers = 0;
  /** Requests whose connection broke before their answer was read whole. */
  broken = 0;
}
