/** The task queues of the product; a queue of its own exists only where something must be bounded apart. */

/** Every workflow, and activities that end soon. */
export const MAIN_QUEUE = 'revloop';

/** Long statements and imports: few at a time in a process, each holds a connection. */
export const BULK_QUEUE = 'act-bulk';

/** Calls to servers of others: many at a time, the connection to the database is free while they answer. */
export const OUTBOUND_QUEUE = 'act-outbound';
