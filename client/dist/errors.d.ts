/** Codes of the client itself; all others come from the API and are stable. */
export declare const UNREACHABLE = "UNREACHABLE";
export interface ErrorFacts {
    readonly status: number;
    readonly code: string;
    readonly message: string;
    readonly details?: unknown;
    readonly hint?: string | undefined;
    readonly requestId?: string | undefined;
    readonly retryAfterSeconds?: number | undefined;
    /** The answer as it came, for answers that are no errors of the API (a probe, a proxy). */
    readonly body?: unknown;
}
/** What went wrong, alike for both faces. `status` 0 and code `UNREACHABLE`: no answer came. */
export declare class RevloopError extends Error {
    readonly status: number;
    readonly code: string;
    readonly details: unknown;
    readonly hint: string | undefined;
    readonly requestId: string | undefined;
    readonly retryAfterSeconds: number | undefined;
    readonly body: unknown;
    constructor(facts: ErrorFacts, options?: {
        cause?: unknown;
    });
}
/** `/v1` answers `{error, code, …, request_id}`, `/api/v1` answers `{success: false, error: {code, message, …}}`. */
export declare function errorOf(response: Response, body: unknown): RevloopError;
