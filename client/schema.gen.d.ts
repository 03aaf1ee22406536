// Generated from openapi.json by `npm run client`; do not edit.

interface NoParameters {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}
interface Refused<E> {
  headers: Record<string, unknown>;
  content: { 'application/json': E };
}

export interface paths {
  "/api/v1/accounts": {
    parameters: NoParameters;
    /** List accounts by name. Needs the permission `accounts.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          ownerId?: string;
          teamId?: string;
          industry?: string;
          lifecycleStage?: "MQL" | "SQL" | "Opportunity" | "Customer";
          isTarget?: "true" | "false";
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Account"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create an account. Needs the permission `accounts.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.AccountInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/merges/{mergeId}/undo": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Undo a merge of accounts. Puts back what the merge moved and took over, where it still is as the merge left it. Later edits stay and are named in kept. Needs the permission `accounts.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          mergeId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountUnmerge"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}": {
    parameters: NoParameters;
    /** Get an account with its company profile. Needs the permission `accounts.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update an account (partial). Absent fields stay as they are, null takes a value away. A parent below the account itself is refused. Needs the permission `accounts.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.AccountChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete an account (it can be restored). Needs the permission `accounts.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/accounts/{id}/activities": {
    parameters: NoParameters;
    /** Read the timeline of an account, its people and deals included. Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          type?: "email_sent" | "email_received" | "call_made" | "call_received" | "meeting_scheduled" | "meeting_completed" | "linkedin_interaction" | "note_added" | "status_changed" | "task_completed" | "deal_stage_changed" | "record_changed";
          from?: string;
          until?: string;
          q?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Activity"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}/contacts": {
    parameters: NoParameters;
    /** List the prospects of an account. With the filters of the list of prospects. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "new" | "contacted" | "engaged" | "qualified" | "unqualified" | "customer" | "do_not_contact";
          ownerId?: string;
          teamId?: string;
          intentTier?: string;
          relationshipStage?: "cold" | "aware" | "engaged" | "opportunity" | "customer" | "former_customer";
          /** Those who are in the segment now */
          segment?: string;
          /** Conditions like and(eq(status,engaged),has(touches,within_last(startedAt,30d))), or the same as JSON. Fields: id, email, phone, linkedinUrl, firstName, lastName, title, company, accountId, customerId, status, relationshipStage, priorityScore, intentScore, intentTier, qualificationScore, bdrAssigned, enrichmentStatus, timeZone, language, country, source, ownerId, teamId, lastActivityAt, createdAt, updatedAt, activities, touches, conversions, events, pageViews, deals, account, lists, and custom.<key> of your own. */
          filter?: string;
          /** One or more of email, firstName, lastName, title, company, status, relationshipStage, priorityScore, intentScore, intentTier, qualificationScore, country, source, lastActivityAt, createdAt, updatedAt; - in front for descending. */
          sort?: string;
          /** Words of a name, address, company or title; similar ones where none is found */
          q?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prospect"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}/deals": {
    parameters: NoParameters;
    /** List the deals of an account, next to close first. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          stage?: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
          ownerId?: string;
          teamId?: string;
          forecastCategory?: "pipeline" | "best_case" | "commit" | "closed";
          closeFrom?: string;
          closeUntil?: string;
          /** The pipeline as it was when this day ended */
          asOf?: string;
          q?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Deal"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}/enrich": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Have a company looked up. A process asks the enabled providers with credentials in their order, until nothing is missing. Where there is none that can be asked, the request ends with status skipped and reason "no provider". Needs the permission `accounts.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EnrichmentWish"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EnrichmentRequestDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}/health": {
    parameters: NoParameters;
    /** Read the health of an account with its factors. Computed as it is read: recency of contact, engagement, deals and contacts, each with what it saw. Needs the permission `accounts.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountHealth"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}/hierarchy": {
    parameters: NoParameters;
    /** Get the tree around an account. Ancestors have a negative depth, the account itself 0, descendants a positive one. Needs the permission `accounts.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
                nodes: ({
                  id: string;
                  name: string;
                  parentAccountId: string | null;
                  depth: number;
                })[];
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}/merge": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Merge two accounts. The record of the path keeps its own values and takes over what it lacks; activities, calls, meetings, tasks and all else that names the source names it from now on; the persons behind both become one. The source is deleted until the merge is undone. An account that stood below the source takes its place in the tree. Needs the permission `accounts.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** Merged into the record of the path, then deleted */
            sourceId: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountMerge"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}/restore": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Restore a deleted account. Needs the permission `accounts.delete`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/accounts/{id}/revenue": {
    parameters: NoParameters;
    /** Read what an account has brought, may bring and was credited with. One line per currency, which are never added. Attributed is what the newest completed run credited touches with, for conversions of the account’s deals and people. Needs the permission `accounts.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountRevenue"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/activities": {
    parameters: NoParameters;
    /** Search activities, latest first. Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          type?: "email_sent" | "email_received" | "call_made" | "call_received" | "meeting_scheduled" | "meeting_completed" | "linkedin_interaction" | "note_added" | "status_changed" | "task_completed" | "deal_stage_changed" | "record_changed";
          from?: string;
          until?: string;
          q?: string;
          prospectId?: string;
          accountId?: string;
          dealId?: string;
          userId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Activity"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Log an activity by hand. Needs the permission `activities.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ActivityInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Activity"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/ai/email/best-performers": {
    parameters: NoParameters;
    /** What has earned the most answers so far; writers learn from it. Ranked by the lower bound of the rate of answers, so that few messages do not win by luck. Needs the permission `ai.view`. */
    get: {
      parameters: {
        query?: {
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BestPerformers"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/ai/email/generate": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Write an e-mail from what is known of a prospect. Each sentence names the facts it rests on; `reasons` says what a checker found. Without keys of a vendor a built-in model answers. 409 `AI_BUDGET_EXHAUSTED`, `MODEL_REFUSED`, `MODEL_ANSWER_TRUNCATED` or `MODEL_NOT_AVAILABLE`; 503 while no model can be reached. Needs the permission `ai.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EmailRequest"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.GeneratedEmail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/ai/email/preview": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Watch an e-mail being written (server-sent events). Events `preview` hold the whole text so far; the last one is complete or says what went wrong. Needs the permission `ai.edit`. */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EmailPreviewRequest"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/event-stream": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/ai/email/variants": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Write variants of an e-mail to compare, each with its reason. Needs the permission `ai.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EmailVariantsRequest"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                variants: components['schemas']["apiV1.GeneratedEmail"][];
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/ai/models": {
    parameters: NoParameters;
    /** Models, which of them is asked for what, and what they cost this month. Needs the permission `ai.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AiModels"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/activity": {
    parameters: NoParameters;
    /** Calls made, e-mails sent, meetings scheduled and LinkedIn messages, by person. Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
          userId?: string;
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ActivityReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/bdr": {
    parameters: NoParameters;
    /** What the agents of all teams have done. Leads contacted, meetings booked, response and handoff rate by team. Default: the last 30 days. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          startDate?: string;
          endDate?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AgentMetrics"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/email": {
    parameters: NoParameters;
    /** Open, click, reply and bounce rate of the e-mails of the period. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
          userId?: string;
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/forecast": {
    parameters: NoParameters;
    /** Forecast a month, quarter or year by category. Open deals by close date, won ones by the day they were won. Quarters and years begin with the fiscal year of the organization. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          period?: "month" | "quarter" | "year";
          date?: string;
          asOf?: string;
          ownerId?: string;
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Forecast"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/forecast/accuracy": {
    parameters: NoParameters;
    /** Compare what was forecast at the beginning of past periods with what was won. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          period?: "month" | "quarter" | "year";
          ownerId?: string;
          teamId?: string;
          periods?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ForecastAccuracy"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/outreach/ab-tests": {
    parameters: NoParameters;
    /** Steps that compared texts in the period: significance and winner. Needs the permission `cadences.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ExperimentReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/outreach/cadences": {
    parameters: NoParameters;
    /** Cadences by the people who were enrolled in the period. Needs the permission `cadences.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/outreach/channels": {
    parameters: NoParameters;
    /** What was done on each channel in the period, and what of it was answered. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ChannelReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/outreach/response-times": {
    parameters: NoParameters;
    /** How long people took to answer, by channel and by who wrote. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ResponseTimeReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/outreach/send-times": {
    parameters: NoParameters;
    /** E-mails of the period by weekday and hour of whoever got them. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.SendTimeReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/outreach/templates": {
    parameters: NoParameters;
    /** E-mails of the period by template. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TemplateReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/performance": {
    parameters: NoParameters;
    /** Activity, pipeline and e-mail of a person, a team or everybody. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
          userId?: string;
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.PerformanceReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/pipeline": {
    parameters: NoParameters;
    /** Pipeline value, win rate, average deal size and length of the sales cycle. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          /** First day, in the organization’s time zone; default: 29 days before the last */
          startDate?: string;
          /** Last day; default: today */
          endDate?: string;
          userId?: string;
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.PipelineReport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/analytics/pipeline/waterfall": {
    parameters: NoParameters;
    /** Show how the pipeline came from one day to another. opening + parts = closing, to the cent. With closeFrom and closeUntil the pipeline is what is to close in those days, and a deal whose close date leaves them has slipped. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query: {
          startDate: string;
          endDate: string;
          closeFrom?: string;
          closeUntil?: string;
          ownerId?: string;
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.PipelineWaterfall"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/api-keys": {
    parameters: NoParameters;
    /** List API keys, newest first; never their secrets. Counts and times of use are some seconds behind. Needs the permission `api_keys.manage`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "active" | "revoked" | "expired";
          /** One or more of name, status, requestCount, lastUsedAt, expiresAt, createdAt; - in front for descending. */
          sort?: string;
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), name (text), prefix (text), status (enum), scopes (text[]), userId (uuid), requestCount (number), lastUsedAt (timestamp), expiresAt (timestamp), createdAt (timestamp). */
          filter?: string;
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ApiKey"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create an API key; its secret is shown once. Scopes are the seven printed ones or code names of permissions, and never more than the caller holds. The key belongs to the caller and loses what its owner loses. A limit of its own (requests per hour) needs organization.edit. Needs the permission `api_keys.manage`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ApiKeyInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ApiKeyWithSecret"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/api-keys/{id}": {
    parameters: NoParameters;
    /** Get an API key; never its secret. Needs the permission `api_keys.manage`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ApiKey"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    /** Revoke an API key for good, with all its secrets. Takes effect within a second in every process. A key that is revoked already stays as it is. Needs the permission `api_keys.manage`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ApiKey"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/api-keys/{id}/rotate": {
    parameters: NoParameters;
    get?: never;
    /** Give an API key a new secret; the old one works on for an overlap. The body may be left out: the overlap is then 24 hours. With 0 every earlier secret ends at once. Needs the permission `api_keys.manage`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["apiV1.ApiKeyRotation"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ApiKeyWithSecret"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/api-keys/{id}/usage": {
    parameters: NoParameters;
    /** See what an API key was used for: by day and by endpoint, with hits of its limit. Needs the permission `api_keys.manage`. */
    get: {
      parameters: {
        query?: {
          /** UTC; 30 days back by default */
          startDate?: string;
          /** UTC, inclusive; today by default */
          endDate?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ApiKeyUsage"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/audit-logs": {
    parameters: NoParameters;
    /** List who did what, newest first; refused attempts too. The total is exact up to 100,000 and stays there beyond. Every change is noted in the transaction that makes it, with the states before and after, the request id, and for keys the owner. Needs the permission `audit.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Exactly, like vendor.update or access.denied */
          action?: string;
          entityType?: string;
          entityId?: string;
          /** A person or a key; for a person also what their keys did */
          actorId?: string;
          outcome?: "success" | "denied";
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), createdAt (timestamp), action (text), entityType (text), entityId (uuid), actorKind (enum), actorId (uuid), onBehalfOf (uuid), outcome (enum), requestId (text), sequence (number). */
          filter?: string;
          q?: string;
          /** One or more of createdAt, action, entityType, sequence; - in front for descending. */
          sort?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AuditLog"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/audit-logs/export": {
    parameters: NoParameters;
    /** Download the audit log as CSV, newest first. Takes the conditions of the list. Cells that a spreadsheet would take for formulas are defused. Needs the permission `audit.view`. */
    get: {
      parameters: {
        query?: {
          /** Exactly, like vendor.update or access.denied */
          action?: string;
          entityType?: string;
          entityId?: string;
          /** A person or a key; for a person also what their keys did */
          actorId?: string;
          outcome?: "success" | "denied";
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), createdAt (timestamp), action (text), entityType (text), entityId (uuid), actorKind (enum), actorId (uuid), onBehalfOf (uuid), outcome (enum), requestId (text), sequence (number). */
          filter?: string;
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/audit-logs/verify": {
    parameters: NoParameters;
    /** Recompute the sealed chain and name what was changed or removed. Every row is chained to the one before it some seconds after its commit. Note head.sequence and head.hash outside of this system: a later call with them as known_sequence and known_hash also finds a chain that was rewritten as a whole. Needs the permission `audit.view`. */
    get: {
      parameters: {
        query?: {
          fromSequence?: number;
          limit?: number;
          knownSequence?: number;
          knownHash?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AuditVerification"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/auth/forgot-password": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Ask for a link to set a new password. The same answer whether or not there is such a person. The link works once, for an hour. Needs no credential. */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ForgotPasswordInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AuthNotice"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/auth/login": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Sign in with e-mail address and password. The access token lives 15 minutes; the refresh token is exchanged for new ones until the session ends (JWT_EXPIRATION, 7 days). After ten failures in 15 minutes an address, known or not, rests for 15 minutes. An X-Tenant-ID that is sent must be the organization of the person. Needs no credential. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.LoginInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.SignedIn"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/auth/logout": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** End the session of this request. Its access tokens stop within a second, its refresh token at once. Needs an access token, not a key. Open to every credential of the organization. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                /** Sessions that this request has ended */
                ended: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/auth/me": {
    parameters: NoParameters;
    /** Who this credential is and what it may do. Open to every credential of the organization. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Me"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/auth/refresh": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Exchange a refresh token for new tokens. Each refresh token works once. One that comes a second time is in two hands: its whole session ends (401). Of requests that come at once one wins, the others get 409 `REFRESH_IN_PROGRESS` and the session goes on. Needs no credential. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.RefreshInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.SignedIn"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/auth/register": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Create an organization and its first administrator. The new organization has the roles Admin, Agent, User and Viewer (numbers 1 to 4) and team 1. One e-mail address is one person, in whichever organization. Needs no credential. */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.RegisterInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.SignedIn"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/auth/reset-password": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Set a new password with the link of a mail. The token stands behind `token=` in the link. Every session of the person ends. Needs no credential. */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ResetPasswordInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AuthNotice"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/auth/sessions": {
    parameters: NoParameters;
    /** List open sessions, newest first. One's own; with `users.view` those of another person (`userId`). A key, which is no person, sees the organization's. Open to every credential of the organization. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          userId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Session"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    /** Sign out everywhere. All of one's own sessions, this one included; with `users.edit` those of another person (`userId`). Open to every credential of the organization. */
    delete: {
      parameters: {
        query?: {
          userId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                /** Sessions that this request has ended */
                ended: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/auth/sessions/{sessionId}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** End one session. One's own, or with `users.edit` that of another person. One that has ended stays as it is. Open to every credential of the organization. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          sessionId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                /** Sessions that this request has ended */
                ended: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/bdr/activities": {
    parameters: NoParameters;
    /** What the agent has done, newest first. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Default: your team, else the first one */
          teamId?: string;
          prospectId?: string;
          type?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrActivity"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/approvals": {
    parameters: NoParameters;
    /** Messages of the agent and what was decided about them; first those that wait. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Default: your team, else the first one */
          teamId?: string;
          status?: "pending" | "approved" | "sent" | "rejected" | "expired" | "cancelled";
          prospectId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrMessage"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/approvals/{id}": {
    parameters: NoParameters;
    get?: never;
    /** Edit a message that waits; it is checked again. Sentences that stay keep their evidence. `grounded` and `reasons` say what the checker found: a person may approve it all the same. Needs the permission `bdr.approve`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrMessageChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrMessage"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/approvals/{id}/approve": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Approve a message, with another text if given. The decision is bound to recipient, subject and body. `held` while the agent is paused. 409 `MESSAGE_DECIDED` or `MESSAGE_EXPIRED` when it comes too late. Needs the permission `bdr.approve`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["apiV1.BdrMessageApproval"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrMessage"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/approvals/{id}/reject": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Reject a message; have it written anew, or leave this touch out. Needs the permission `bdr.approve`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrMessageRejection"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrMessage"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/config": {
    parameters: NoParameters;
    /** How the agent of a team is set up. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          /** Default: your team, else the first one */
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrConfig"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Set the agent of a team up, switch it on or off (partial). Switching it on begins the discovery of prospects; switching it off lets everything rest. The day of the caps ends at midnight of `workingHours.timezone`. Needs the permission `bdr.configure`. */
    put: {
      parameters: {
        query?: {
          /** Default: your team, else the first one */
          teamId?: string;
        };
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrConfigChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrConfig"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/dashboard": {
    parameters: NoParameters;
    /** Where the agent stands: today, and the last thirty days. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          /** Default: your team, else the first one */
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrDashboard"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/decide/{token}": {
    parameters: NoParameters;
    /** The message of a link in a mail; looking decides nothing. Needs no credential. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrMessage"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Decide about the message of a link in a mail; the link ends with it. Needs no credential. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrLinkedDecision"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrMessage"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/decisions": {
    parameters: NoParameters;
    /** What was decided, why, on which evidence and by which model. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Default: your team, else the first one */
          teamId?: string;
          prospectId?: string;
          type?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrDecision"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/discovery": {
    parameters: NoParameters;
    /** Whom the agent would begin with next. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          /** Default: your team, else the first one */
          teamId?: string;
          minIntentScore?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrDiscovery"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/handoffs": {
    parameters: NoParameters;
    /** Prospects that are ready for people; first those that wait. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Default: your team, else the first one */
          teamId?: string;
          status?: "pending" | "accepted" | "rejected";
          prospectId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrHandoff"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/handoffs/{id}": {
    parameters: NoParameters;
    /** A handoff with the conversation, the qualification and the decisions behind it. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrHandoffDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/handoffs/{id}/accept": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Take a prospect over. The prospect is yours then, with a deal if asked. 409 `HANDOFF_DECIDED` when somebody was first. Needs the permission `bdr.approve`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrHandoffAcceptance"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrHandoffDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/handoffs/{id}/reject": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Give a prospect back, with the reason. Needs the permission `bdr.approve`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrHandoffRejection"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrHandoffDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/pause": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Stop the agent of a team at once. From this answer on none of its messages is handed to a provider. What is approved meanwhile is held. Needs the permission `bdr.edit`. */
    post: {
      parameters: {
        query?: {
          /** Default: your team, else the first one */
          teamId?: string;
        };
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrPause"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrConfig"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/performance": {
    parameters: NoParameters;
    /** Figures of the agent by day. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          /** Default: your team, else the first one */
          teamId?: string;
          startDate?: string;
          endDate?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrPerformance"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/prospects/{prospectId}/context": {
    parameters: NoParameters;
    /** What the agent knows of somebody, each with its source. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          prospectId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrContext"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/prospects/{prospectId}/replies": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Tell the agent of an answer that came another way. By telephone, in another mailbox. It is read like any other; who wants no more messages is out at once. The same `externalId` again changes nothing. Needs the permission `bdr.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          prospectId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrReply"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrExecution"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/prospects/{prospectId}/start": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Give a prospect to the agent. Needs an agent that is switched on: 409 `AGENT_INACTIVE` otherwise. Needs the permission `bdr.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          prospectId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrStart"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrExecution"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/prospects/{prospectId}/stop": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Take a prospect from the agent; what waits to be sent is withdrawn. Needs the permission `bdr.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          prospectId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrStop"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrExecution"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/resume": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Let the agent go on. Needs the permission `bdr.edit`. */
    post: {
      parameters: {
        query?: {
          /** Default: your team, else the first one */
          teamId?: string;
        };
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BdrResume"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrConfig"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/tasks": {
    parameters: NoParameters;
    /** What the agent has to do, the most urgent first. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Default: your team, else the first one */
          teamId?: string;
          prospectId?: string;
          status?: "pending" | "completed" | "cancelled";
          type?: "research" | "draft" | "approve" | "send" | "read_reply" | "qualify" | "handoff";
          /** Only what is pending and due */
          due?: "true" | "false";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrTask"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/workflows": {
    parameters: NoParameters;
    /** Whom the agent works on, and where each one stands. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Default: your team, else the first one */
          teamId?: string;
          prospectId?: string;
          status?: "active" | "completed" | "stopped" | "failed";
          stage?: "discovery" | "research" | "engage" | "follow_up" | "qualify" | "handoff";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrExecutionView"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/bdr/workflows/{id}": {
    parameters: NoParameters;
    /** Where the work on somebody stands. Needs the permission `bdr.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BdrExecutionView"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences": {
    parameters: NoParameters;
    /** List cadences with counts, the latest first. Needs the permission `cadences.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          isActive?: "true" | "false";
          teamId?: string;
          /** Part of the name */
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Cadence"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a cadence with its steps. Delays count from the step before. Texts of a step override its template. It enrolls nobody before it is active. E-mails leave through the ledger of sends; calls, LinkedIn messages and tasks become tasks of a person. Needs the permission `cadences.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CadenceInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}": {
    parameters: NoParameters;
    /** Get a cadence with its steps. Needs the permission `cadences.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update a cadence (partial). Settings are replaced whole and hold for everybody in it from now on. Needs the permission `cadences.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CadenceChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a cadence; everybody in it leaves it. Needs the permission `cadences.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/cadences/{id}/activate": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Activate a cadence. Needs a step. Whoever rested because it was not active goes on. Needs the permission `cadences.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/analytics": {
    parameters: NoParameters;
    /** How a cadence works: people, steps, and texts that are compared. Needs the permission `cadences.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceAnalytics"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/deactivate": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Deactivate a cadence; everybody in it rests. Needs the permission `cadences.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/enroll": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Enroll people by ids, list, segment, filter or CSV. Exactly one way to name them, 10000 people at most. Who may not be contacted, is in the cadence already or left it too recently is refused, with the rule. The answer names the first thousand of each kind. Needs the permission `cadences.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EnrollmentInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EnrollmentOutcome"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/enrollments": {
    parameters: NoParameters;
    /** List the people of a cadence, the latest first. Needs the permission `cadences.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "active" | "paused" | "completed" | "exited" | "unenrolled";
          prospectId?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceEnrollment"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/enrollments/{enrollmentId}": {
    parameters: NoParameters;
    /** Get an enrollment with what its steps came to. Needs the permission `cadences.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
          enrollmentId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceEnrollmentDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/enrollments/{enrollmentId}/pause": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Let a person rest until somebody resumes. Needs the permission `cadences.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
          enrollmentId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceEnrollmentDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/enrollments/{enrollmentId}/resume": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Go on where the enrollment stopped. What was due meanwhile is due now, at the hours of the cadence. Needs the permission `cadences.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
          enrollmentId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceEnrollmentDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/enrollments/{enrollmentId}/unenroll": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Take a person out of the cadence. Needs the permission `cadences.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
          enrollmentId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceEnrollmentDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/simulate": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Rehearse a cadence on a virtual clock. Weeks in an instant: the planner of real enrollments, with people who are made up and open, click and reply as often as you say. The same seed gives the same timeline. Nothing is stored and nothing leaves; rules of contact are of real people and are not rehearsed. Needs the permission `cadences.view`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CadenceRehearsalInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceRehearsal"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/steps": {
    parameters: NoParameters;
    /** List the steps of a cadence in order. Needs the permission `cadences.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          type?: "email" | "call" | "linkedin" | "sms" | "task";
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceStep"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Add a step at the end or at a number. Steps after it move on, and so do the conditions that name them. Whoever is past the number does not go back for it. Needs the permission `cadences.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CadenceStepInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceStep"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/cadences/{id}/steps/{stepId}": {
    parameters: NoParameters;
    get?: never;
    /** Update or move a step (partial). What was done stays done and is never repeated; everybody who has the step before them gets it as it is now. A new delay moves the time of those who wait for it. Needs the permission `cadences.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
          stepId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CadenceStepChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CadenceStep"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a step; those after it move up. Needs the permission `cadences.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
          stepId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
                cadenceId: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/calendar-feed": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Make the address of your calendar; an earlier one stops working. Calendar programs subscribe to it. Whoever knows the address reads the calendar. Needs a person: sign in. Needs the permission `activities.view`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                url: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    /** End the address of your calendar. Needs the permission `activities.view`. */
    delete: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                deleted: boolean;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/calendar/{token}": {
    parameters: NoParameters;
    /** Read a calendar by its address (RFC 5545). The meetings of a person from 30 days ago to a year ahead, without their attendees. Needs no credential. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/calendar": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/call-logs": {
    parameters: NoParameters;
    /** List calls, latest first. Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          prospectId?: string;
          accountId?: string;
          dealId?: string;
          userId?: string;
          disposition?: "answered" | "voicemail" | "no_answer" | "busy";
          direction?: "inbound" | "outbound";
          from?: string;
          until?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CallLog"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Log a call. Stands in the timeline at once, and becomes a touch of the person that attribution counts, with its agent and cost. A prospect and a disposition are enough. Needs the permission `activities.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CallLogInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CallLog"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/call-logs/{id}": {
    parameters: NoParameters;
    /** Get a call. Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CallLog"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update notes and outcome of a call (partial). Needs the permission `activities.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CallLogChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CallLog"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a call. It leaves the timeline, and its touch no longer counts. Needs the permission `activities.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/canned-responses": {
    parameters: NoParameters;
    /** List canned responses by title. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          q?: string;
          shortcut?: string;
          teamId?: string;
          language?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CannedResponse"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a canned response. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CannedResponseInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CannedResponse"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/canned-responses/{id}": {
    parameters: NoParameters;
    get?: never;
    /** Update a canned response (partial). Needs the permission `tickets.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CannedResponseChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CannedResponse"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a canned response; replies keep their words. Needs the permission `tickets.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/contact-policy": {
    parameters: NoParameters;
    /** Whom this organization contacts, when, and how often. Needs the permission `organization.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactPolicy"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Change whom, when and how often (partial). Holds for every message that is claimed from now on, whenever it was planned. Needs the permission `organization.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ContactPolicyChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactPolicy"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/conversations": {
    parameters: NoParameters;
    /** List conversations, the latest first. Needs the permission `ai.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          kind?: "call" | "meeting" | "chat";
          status?: "waiting" | "analyzing" | "completed" | "failed";
          sentiment?: "positive" | "neutral" | "negative";
          prospectId?: string;
          accountId?: string;
          dealId?: string;
          userId?: string;
          interactionId?: string;
          from?: string;
          until?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Conversation"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a conversation from its transcript, or one that waits for it. Speakers, talk and listen ratio, sentiment of each statement, objections, competitors, key moments, coaching and the next best action are computed by stated rules; `analysis` says what was computed and what was not, and why. A recording alone is not transcribed here: its conversation waits a week for a transcript. Calls of telephony make theirs by themselves. Needs the permission `ai.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ConversationInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Conversation"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/conversations/coaching": {
    parameters: NoParameters;
    /** What each rep could do better, over all analysed conversations. Needs the permission `ai.view`. */
    get: {
      parameters: {
        query?: {
          from?: string;
          until?: string;
          userId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Coaching"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/conversations/{id}": {
    parameters: NoParameters;
    /** Get a conversation with its talk and listen ratio. Needs the permission `ai.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Conversation"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    /** Delete a conversation with its transcript and insights. Needs the permission `ai.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/conversations/{id}/insights": {
    parameters: NoParameters;
    /** Objections, competitors, key moments, coaching and the next best action of a conversation. Needs the permission `ai.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ConversationInsights"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/conversations/{id}/transcribe": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Analyse a conversation anew, with another transcript where one is given. Starts another generation of its process, `conv:<organization>:<id>:<generation>`. Needs the permission `ai.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TranscribeInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Conversation"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/conversations/{id}/transcript": {
    parameters: NoParameters;
    /** The statements of a conversation with speakers and sentiment. Needs the permission `ai.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Statement"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/custom-fields": {
    parameters: NoParameters;
    /** List the custom fields of records. Open to every credential of the organization. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          entity?: "prospect" | "account" | "deal" | "ticket";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CustomField"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Define a custom field. Needs the permission `organization.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.CustomFieldInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CustomField"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/custom-fields/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Take a custom field away. Values that records hold stay, unseen by checks, until the field is defined again. Needs the permission `organization.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/deals": {
    parameters: NoParameters;
    /** List deals, next to close first. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          stage?: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
          ownerId?: string;
          teamId?: string;
          accountId?: string;
          forecastCategory?: "pipeline" | "best_case" | "commit" | "closed";
          closeFrom?: string;
          closeUntil?: string;
          /** The pipeline as it was when this day ended */
          asOf?: string;
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Deal"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a deal. Needs the permission `deals.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.DealInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/deals/board": {
    parameters: NoParameters;
    /** Read the pipeline board. All stages in their order with counts, sums per currency and the first cards of each column. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          ownerId?: string;
          teamId?: string;
          accountId?: string;
          forecastCategory?: "pipeline" | "best_case" | "commit" | "closed";
          closeFrom?: string;
          closeUntil?: string;
          /** The pipeline as it was when this day ended */
          asOf?: string;
          q?: string;
          perStage?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealBoard"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/deals/health": {
    parameters: NoParameters;
    /** Judge all open deals, riskiest first. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          teamId?: string;
          minRisk?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealHealth"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/deals/win-loss": {
    parameters: NoParameters;
    /** Analyse won and lost deals. By the day of the decision. The group `stage` is the stage that deals were decided from. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query: {
          startDate: string;
          endDate: string;
          ownerId?: string;
          teamId?: string;
          groupBy?: "owner" | "team" | "stage" | "reason" | "month";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WinLoss"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/deals/{id}": {
    parameters: NoParameters;
    /** Get a deal with its contacts. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update a deal (partial), or move it to another stage. A won deal becomes a conversion of its contacts and account at once; one that is reopened or lost after all takes it back. Needs the permission `deals.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.DealChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a deal. The revenue of a won deal is taken back. Needs the permission `deals.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/deals/{id}/analyze": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Judge an open deal and keep the judgement with it. By rules, as `aiAnalysis.model` says; each factor names what it was seen by. Needs the permission `deals.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/deals/{id}/contacts": {
    parameters: NoParameters;
    /** List the contacts of a deal, decision makers first. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealContact"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Link a prospect to a deal. Needs the permission `deals.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.DealContactInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealContact"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/deals/{id}/contacts/{prospectId}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Unlink a prospect from a deal. Needs the permission `deals.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
          prospectId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
                prospectId: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/deals/{id}/health": {
    parameters: NoParameters;
    /** Judge an open deal: risk score, named factors with their evidence, recommendations. Needs the permission `deals.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealHealth"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/deals/{id}/stage": {
    parameters: NoParameters;
    get?: never;
    /** Move a deal to another stage. Needs the permission `deals.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.DealMove"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.DealDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/email-templates": {
    parameters: NoParameters;
    /** List templates with how they perform. Opens and clicks of machines are not counted. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Part of name or subject */
          q?: string;
          /** The same as q */
          search?: string;
          category?: "marketing" | "one_to_one" | "transactional";
          sort?: "name" | "-name" | "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailTemplate"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a template. Places take values of the prospect (`{{firstName}}`, `{{company}}`), `{{deal.close_date}}`, `{{account.name}}`, `{{sender.firstName}}`, custom fields (`{{custom.key}}`) and whatever is given with the message, in either casing. Needs the permission `emails.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EmailTemplateInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailTemplate"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/email-templates/{id}": {
    parameters: NoParameters;
    /** Get a template with how it performs. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailTemplate"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update a template (partial). New content raises `number`; messages that were written before keep theirs. Needs the permission `emails.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EmailTemplateChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailTemplate"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a template that nothing sends with any more. Needs the permission `emails.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/email-templates/{id}/preview": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** See what a template becomes, and what receivers may dislike about it. Needs the permission `emails.view`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EmailTemplatePreviewInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailTemplatePreview"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails": {
    parameters: NoParameters;
    /** List e-mails, newest first. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "scheduled" | "queued" | "sent" | "delivered" | "bounced" | "failed" | "suppressed" | "unknown" | "cancelled";
          category?: "transactional" | "marketing" | "one_to_one" | "sequence";
          prospectId?: string;
          dealId?: string;
          campaignId?: string;
          senderId?: string;
          templateId?: string;
          threadId?: string;
          bulkJobId?: string;
          userId?: string;
          /** The whole address, in any case */
          to?: string;
          /** Part of the subject */
          q?: string;
          from?: string;
          until?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailSummary"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/blacklist": {
    parameters: NoParameters;
    /** List addresses that get nothing at all, newest first. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Part of the address */
          q?: string;
          from?: string;
          until?: string;
          reason?: "hard_bounce" | "complaint" | "manual" | "invalid";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailBlacklistEntry"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Put an address on the blacklist. Answered once no message to it is on its way any more. Needs the permission `emails.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EmailBlacklistInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailBlacklistEntry"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/blacklist/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Take an address off the blacklist. Needs the permission `emails.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/emails/bounces": {
    parameters: NoParameters;
    /** List bounces and complaints, newest first. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Part of the address */
          q?: string;
          from?: string;
          until?: string;
          type?: "hard" | "soft" | "complaint";
          emailId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailBounce"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/bulk": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Send one e-mail to many, now or later. To `recipients`, a list or a segment (taken as it is when the job begins). One message per address, each with its own values, links and outcome; whoever is stopped gets none. `hourlyLimit` and `domainHourlyLimit` (per receiving domain) hold back beside the caps of the sender. Needs the permission `emails.send`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.BulkEmailInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BulkEmailJob"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/bulk/{jobId}": {
    parameters: NoParameters;
    /** How far a bulk job is, with a page of its people. Counted from the messages themselves. `state` picks people by what became of them. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          state?: string;
        };
        header?: never;
        path: {
          jobId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BulkEmailJobDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/bulk/{jobId}/cancel": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Cancel a bulk job: what is planned leaves, nobody else is planned. Needs the permission `emails.send`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          jobId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BulkEmailJob"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/bulk/{jobId}/pause": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Pause a bulk job: nobody else is planned until it is resumed. Needs the permission `emails.send`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          jobId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BulkEmailJob"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/bulk/{jobId}/resume": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Resume a paused bulk job. Needs the permission `emails.send`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          jobId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.BulkEmailJob"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/deliverability": {
    parameters: NoParameters;
    /** How messages arrived, by sender and receiving domain, and what the sending domains publish. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          days?: number;
          senderId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Deliverability"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/inbound": {
    parameters: NoParameters;
    /** List what came back: mails and texts, newest first. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          channel?: "email" | "sms";
          kind?: "reply" | "out_of_office" | "auto_reply" | "bounce" | "referral" | "unsubscribe";
          prospectId?: string;
          threadId?: string;
          emailId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InboundMessage"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/inbound/{id}/attachments/{attachmentId}": {
    parameters: NoParameters;
    /** Read an attachment of a mail that came in, a part of 256 KiB at a time. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          part?: number;
        };
        header?: never;
        path: {
          id: string;
          attachmentId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InboundAttachmentPart"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/send": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Send an e-mail, with or without a template, now or later. A recipient who has unsubscribed, bounced or must not be contacted gets nothing: the answer then says `status: "suppressed"` and `suppressedBy`. Marketing carries List-Unsubscribe (RFC 8058) and a footer, and goes to one person per message. Needs the permission `emails.send`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EmailInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Email"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/track/click/{token}": {
    parameters: NoParameters;
    /** A link of a message. Writes the click down and leads on (302). The token names a link of one message and no address, so it leads nowhere else. Needs no credential. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        302: {
          headers: Record<string, unknown>;
          content: {
            "text/html": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/track/open/{token}": {
    parameters: NoParameters;
    /** The pixel of a message. Writes an open down, as a person's or, with the reason, as a machine's. Needs no credential. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "image/gif": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/unsubscribe/{token}": {
    parameters: NoParameters;
    /** The page that asks whether to unsubscribe; looking changes nothing. Needs no credential. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/html; charset=utf-8": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Unsubscribe, from the page or by one click of a mail program (RFC 8058). Answered once no message to the address is on its way any more. Repeating it changes nothing. Needs no credential. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/x-www-form-urlencoded": Record<string, unknown>;
          "multipart/form-data": Record<string, unknown>;
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/html; charset=utf-8": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/unsubscribes": {
    parameters: NoParameters;
    /** List who has unsubscribed, newest first. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Part of the address */
          q?: string;
          from?: string;
          until?: string;
          source?: "link" | "one_click" | "reply" | "provider" | "manual";
          channel?: "email" | "sms";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailUnsubscribe"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/warmup": {
    parameters: NoParameters;
    /** The ramps of the senders, and what is left of today. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          senderId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Warmup"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Let a sender begin small and grow day by day. What is above a day's volume waits for the next one. `enabled: false` takes the ramp away. Needs the permission `emails.edit`. */
    put: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.WarmupInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Warmup"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/webhook/inbound": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Receive a mail from SendGrid's Inbound Parse. Stored at once and worked off afterwards: an answer, an absence (with the day of return), a bounce, a referral or a wish to be left alone, told by headers before words. What is attached is kept with it (`GET /emails/inbound`). Whoever has answered is sent nothing by a cadence or mailing from the answer to this request on. Needs no credential. */
    post: {
      parameters: {
        query?: {
          /** Of the sender: GET /senders/{id} shows the whole address */
          token?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": Record<string, string>;
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InboxReceipt"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/webhook/sendgrid": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Receive SendGrid's events of messages. Signed as SendGrid does (`X-Twilio-Email-Event-Webhook-Signature`, at most ten minutes old) where the sender has an `eventPublicKey`; production takes nothing else. Batches, repetitions and any order are fine: each event counts once, by its `sg_event_id`. Needs no credential. */
    post: {
      parameters: {
        query?: {
          /** Of the sender: GET /senders/{id} shows the whole address */
          token?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": Record<string, unknown>[];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InboxReceipt"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/{id}": {
    parameters: NoParameters;
    /** Get an e-mail and what became of it. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Email"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/{id}/cancel": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Cancel an e-mail that is for later. Needs the permission `emails.send`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Email"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/emails/{id}/events": {
    parameters: NoParameters;
    /** What became of an e-mail, in order. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          type?: "sent" | "delivered" | "deferred" | "dropped" | "open" | "click" | "bounce" | "unsubscribe" | "spam" | "reply" | "auto_reply";
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EmailEvent"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/enrichment/providers": {
    parameters: NoParameters;
    /** List the enrichment providers in the order in which they are asked. Needs the permission `integrations.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                providers: components['schemas']["apiV1.EnrichmentProvider"][];
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/enrichment/providers/{id}": {
    parameters: NoParameters;
    get?: never;
    /** Configure an enrichment provider (partial): on or off, its place, its monthly cap, its credentials. Credentials are kept encrypted and never shown; null takes them away. Needs the permission `integrations.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: "clearbit" | "zoominfo" | "apollo" | "hunter" | "people_data_labs";
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EnrichmentProviderChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EnrichmentProvider"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/enrichment/requests": {
    parameters: NoParameters;
    /** List enrichment requests, newest first, with what they brought and cost. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "pending" | "running" | "completed" | "skipped" | "failed";
          prospectId?: string;
          accountId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EnrichmentRequest"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Have prospects and accounts looked up. A process asks the enabled providers with credentials in their order, until nothing is missing. Where there is none that can be asked, the request ends with status skipped and reason "no provider". At most 100 records; naming accounts needs accounts.edit as well. Needs the permission `prospects.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EnrichmentRequestInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EnrichmentRequestDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/enrichment/requests/{id}": {
    parameters: NoParameters;
    /** Get an enrichment request with every call to a provider. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EnrichmentRequestDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations": {
    parameters: NoParameters;
    /** List installed integrations, newest first. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          provider?: string;
          status?: "pending" | "connected" | "needs_reauth" | "error" | "disabled";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InstalledIntegration"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/install": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Install an integration of the marketplace; the secret of its webhooks is shown once. The provider is not called: the first sync shows whether it works. What is planned cannot be installed. Needs the permission `integrations.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.IntegrationInstallation"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InstalledIntegrationWithSecret"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/marketplace": {
    parameters: NoParameters;
    /** List everything that can be connected or will be. Each entry says what it syncs, what an installation has to bring along, and whether it is available or planned. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          category?: "crm" | "email" | "calendar" | "communication" | "enrichment" | "social" | "payment" | "automation" | "analytics" | "ads";
          status?: "available" | "planned";
          installed?: "true" | "false";
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.MarketplaceEntry"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/marketplace/{slug}/reviews": {
    parameters: NoParameters;
    /** List what people of the organization think of an integration, newest first. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          slug: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntegrationReview"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Review an integration; a second review of the same person replaces the first. Needs the permission `integrations.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          slug: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.IntegrationReviewInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntegrationReview"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/marketplace/{slug}/streams/{stream}/preview": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** What would come of records of a provider by a mapping of fields, before anything is synced. Without a mapping it is that of the provider, which the answer shows with our fields. Needs the permission `integrations.view`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          slug: string;
          stream: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.MappingPreviewInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.MappingPreview"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/oauth/{provider}/authorize": {
    parameters: NoParameters;
    /** Where to send a person who is to connect an integration (OAuth 2.0, PKCE). Open authorizationUrl in a browser. The way back leads to the callback below; its state works once, for ten minutes. The redirect address to register at the provider is that of the callback. Needs the permission `integrations.edit`. */
    get: {
      parameters: {
        query?: {
          /** Where several of the provider are installed */
          integrationId?: string;
        };
        header?: never;
        path: {
          provider: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.OAuthStart"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/oauth/{provider}/callback": {
    parameters: NoParameters;
    /** Where providers send people back; the first sync begins. Needs no credential. */
    get: {
      parameters: {
        query: {
          state: string;
          code?: string;
          error?: string;
          errorDescription?: string;
          scope?: string;
        };
        header?: never;
        path: {
          provider: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.OAuthCompletion"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/webhook/{provider}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Receive a webhook of a provider. Stripe: `Stripe-Signature`, at most five minutes old. Segment: `X-Signature` (hex HMAC-SHA1 of the body). Others: the secret of the integration as `Authorization: Bearer`. The organization stands in X-Tenant-ID or `?tenantId=`. What comes twice is stored once. Needs no credential. */
    post: {
      parameters: {
        query?: {
          /** The organization, where X-Tenant-ID cannot be sent */
          tenantId?: string;
          /** One of several integrations of the provider */
          integrationId?: string;
        };
        header?: never;
        path: {
          provider: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ProviderEvents"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProviderWebhookReceipt"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/{id}": {
    parameters: NoParameters;
    /** Get an installed integration; credentials are never shown. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InstalledIntegration"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update an installed integration (partial): settings, credentials, whether it is active. Each setting that is named replaces its old value, null takes it away. Needs the permission `integrations.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.IntegrationChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InstalledIntegration"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Uninstall an integration: its syncs end, its credentials are wiped; what came in by it stays. Needs the permission `integrations.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/integrations/{id}/analytics": {
    parameters: NoParameters;
    /** Calls to the provider by day: how many worked, how long they took, what they cost. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          /** Default: 30 days until endDate */
          startDate?: string;
          /** Default: today, UTC */
          endDate?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntegrationUsage"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/{id}/rotate-secret": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Give an integration a new webhook secret; the old one counts on for an overlap. The body may be left out: the overlap is then 24 hours. With 0 the old secret ends at once. The new one is shown once. Needs the permission `integrations.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["apiV1.IntegrationSecretRotation"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.InstalledIntegrationWithSecret"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/{id}/status": {
    parameters: NoParameters;
    /** How an integration is: its health, its syncs, its errors, how far both sides are apart. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntegrationStatus"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/{id}/sync": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Start a sync. The body may be left out: what has changed since the last sync is read. 409 while one is going on. Needs the permission `integrations.sync`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["apiV1.IntegrationSyncInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntegrationSync"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/{id}/sync/cancel": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Cancel the sync that is going on; what it has stored stays. Needs the permission `integrations.sync`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntegrationSync"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/integrations/{id}/syncs": {
    parameters: NoParameters;
    /** List the syncs of an integration, newest first. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "pending" | "running" | "completed" | "failed" | "cancelled";
          trigger?: "manual" | "schedule" | "webhook" | "connect" | "change";
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntegrationSync"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/accounts/{id}": {
    parameters: NoParameters;
    /** Explain the intent of a company: its own signals and those of its people. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.AccountIntent"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/alerts": {
    parameters: NoParameters;
    /** List intent alerts, latest first. `spike`: within a day three times what is usual of the four weeks before, and signals of at least 40 together. `tier_change`: hot or burning now. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          type?: "spike" | "tier_change";
          acknowledged?: "true" | "false";
          prospectId?: string;
          accountId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntentAlert"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/alerts/{id}/acknowledge": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Acknowledge an intent alert. Needs the permission `intent.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["apiV1.IntentAlertAcknowledgement"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntentAlert"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/linkedin-engagements": {
    parameters: NoParameters;
    /** List what prospects did on LinkedIn, latest first. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          prospectId?: string;
          type?: "profile_view" | "reaction" | "comment" | "share" | "connection" | "message";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.LinkedinEngagement"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Record what a prospect did on LinkedIn. Becomes a signal and a line of the timeline and, unless it was only a look at a profile, an interaction of the person. Needs the permission `intent.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.LinkedinEngagementInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.LinkedinEngagement"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/signals": {
    parameters: NoParameters;
    /** List intent signals, latest first. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          type?: "website_visit" | "linkedin_view" | "linkedin_engagement" | "job_posting" | "technographic_change" | "funding" | "news_mention" | "email_engagement" | "call_intent" | "form_submission" | "research_activity";
          prospectId?: string;
          /** The signals of the company and of its people */
          accountId?: string;
          source?: string;
          includeExpired?: "true" | "false";
          /** One or more of occurredAt, strength, expiresAt; - in front for descending. */
          sort?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntentSignal"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Record an intent signal of a prospect or a company. The scores of the person and the company follow in the same request; `effect` says how, and which alerts it raised. A sourceKey that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row. Needs the permission `intent.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.IntentSignalInput"] | components['schemas']["apiV1.IntentSignalInput"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: (components['schemas']["BulkRow"] & components['schemas']["apiV1.RecordedIntentSignal"] | components['schemas']["BulkRow"])[];
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.RecordedIntentSignal"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/summary": {
    parameters: NoParameters;
    /** Summarize the intent of a team, or of the whole organization. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: {
          teamId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntentSummary"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/top-prospects": {
    parameters: NoParameters;
    /** Name the prospects with the highest intent. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: {
          teamId?: string;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.IntentProspect"][];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/track": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Receive a page view from a website. For a beacon of your own, with the public key in the URL and the `Origin` of a listed page, like `/v1/collect`, whose page views are the same rows. High-intent pages (demo, trial, pricing, comparison, evidence, evaluation, product) raise signals of known people: one per topic and day, stronger by repetition. An array of up to 1,000 answers 200 with one outcome per row. Needs the permission `data.ingest`. */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "text/plain": components['schemas']["apiV1.IntentVisit"] | components['schemas']["apiV1.IntentVisit"][];
          "application/json": components['schemas']["apiV1.IntentVisit"] | components['schemas']["apiV1.IntentVisit"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: (components['schemas']["BulkRow"] & components['schemas']["apiV1.VisitReceipt"] | components['schemas']["BulkRow"])[];
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.VisitReceipt"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/visitors": {
    parameters: NoParameters;
    /** List website visitors, the latest first, with the person and company they are known to be. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          identified?: "true" | "false";
          accountId?: string;
          prospectId?: string;
          tier?: "low" | "warm" | "hot" | "burning";
          /** The highest first */
          sort?: "lastSeenAt" | "intentScore" | "pageViews";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebsiteVisitor"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/intent/visitors/{id}": {
    parameters: NoParameters;
    /** Get a website visitor: score of now, topics, page views. The id of a browser or session that turned out to be somebody answers with that person. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebsiteVisitorDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/lists": {
    parameters: NoParameters;
    /** List contact lists by name. Needs the permission `lists.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          type?: "static" | "dynamic";
          segmentId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactList"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a contact list. A static one is filled by hand; a dynamic one follows its segment, as things happen and as time goes by. Needs the permission `lists.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ContactListInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactList"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/lists/{id}": {
    parameters: NoParameters;
    /** Get a contact list. Needs the permission `lists.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactList"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update a contact list (partial). Needs the permission `lists.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ContactListChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactList"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a contact list. Needs the permission `lists.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/lists/{id}/members": {
    parameters: NoParameters;
    /** List the members of a contact list, the latest first. Needs the permission `lists.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prospect"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Add up to 1,000 prospects to a static list. Needs the permission `lists.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ContactListMembersInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
                added: number;
                alreadyMembers: number;
                memberCount: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/lists/{id}/members/{prospectId}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Remove a prospect from a static list. Needs the permission `lists.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
          prospectId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
                prospectId: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/lists/{id}/refresh": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Make a dynamic list follow its segment now. A process does it; refreshStatus and refreshedAt of the list say how far it is. Needs the permission `lists.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactList"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/meetings": {
    parameters: NoParameters;
    /** List meetings in the order of their beginnings. Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          from?: string;
          until?: string;
          status?: "scheduled" | "completed" | "cancelled" | "no_show";
          ownerId?: string;
          prospectId?: string;
          accountId?: string;
          dealId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Meeting"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Schedule a meeting. Stands in the timeline, reminds its owner, and invites attendees with an address by a mail with a calendar entry, where mail is set up. Overlapping meetings of the owner are told in `conflicts`. Needs the permission `activities.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.MeetingInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.MeetingDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/meetings/{id}": {
    parameters: NoParameters;
    /** Get a meeting. Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.MeetingDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Reschedule, complete or cancel a meeting (partial). A completed meeting becomes a touch of the person that attribution counts, with its owner and cost; correcting it corrects the touch, and `no_show` after all takes it back. What attendees see is sent to them anew. Needs the permission `activities.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.MeetingChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.MeetingDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/meetings/{id}/ics": {
    parameters: NoParameters;
    /** Download a meeting as a calendar entry (RFC 5545). Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/calendar": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/notifications": {
    parameters: NoParameters;
    /** List your notifications, latest first. Needs a person: sign in, or use a key that has an owner. Open to every credential of the organization. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          unread?: "true" | "false";
          archived?: "true" | "false";
          priority?: "low" | "medium" | "high" | "urgent";
          type?: "prospect.created" | "prospect.assigned" | "prospect.qualified" | "prospect.import_completed" | "deal.created" | "deal.stage_changed" | "deal.won" | "deal.lost" | "deal.at_risk" | "meeting.scheduled" | "meeting.reminder" | "meeting.cancelled" | "email.opened" | "email.clicked" | "email.replied" | "email.bounced" | "bulk_email.completed" | "cadence.completed" | "cadence.paused" | "bdr.approval_requested" | "bdr.approval_expired" | "bdr.handoff_ready" | "bdr.handoff_accepted" | "bdr.daily_limit_reached" | "intent.spike_detected" | "intent.tier_changed" | "ticket.created" | "ticket.assigned" | "ticket.replied" | "ticket.sla_warning" | "ticket.sla_breached" | "ticket.resolved" | "chat.waiting" | "chat.message" | "task.assigned" | "task.due_soon" | "task.overdue" | "campaign.sent" | "campaign.ab_winner" | "integration.sync_failed" | "integration.health_degraded" | "webhook.endpoint_disabled" | "report.ready" | "attribution.completed" | "attribution.failed" | "alert.triggered" | "fraud.incident_detected" | "experiment.concluded" | "billing.payment_failed" | "billing.plan_limit_reached" | "team.invitation_accepted" | "api_key.expiring";
          /** The latest of each event and record stands for the others */
          grouped?: "true" | "false";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Notification"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/notifications/mark-all-read": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Mark all your notifications as read. Open to every credential of the organization. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                count: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/notifications/unread-count": {
    parameters: NoParameters;
    /** Count your unread notifications, by priority. Open to every credential of the organization. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                total: number;
                byPriority: {
                  low: number;
                  medium: number;
                  high: number;
                  urgent: number;
                };
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/notifications/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Delete one of your notifications. Open to every credential of the organization. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/notifications/{id}/archive": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Archive a notification. Open to every credential of the organization. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Notification"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/notifications/{id}/read": {
    parameters: NoParameters;
    get?: never;
    /** Mark a notification as read. Open to every credential of the organization. */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["apiV1.NotificationRead"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Notification"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/notifications/{id}/unread": {
    parameters: NoParameters;
    get?: never;
    /** Mark a notification as unread. Open to every credential of the organization. */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Notification"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/organization": {
    parameters: NoParameters;
    /** Your organization: plan and settings. Needs the permission `organization.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Organization"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update the settings of your organization (partial). Attribution runs that have been executed keep the settings that they froze. Needs the permission `organization.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.OrganizationChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Organization"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/outbox": {
    parameters: NoParameters;
    /** Read what the built-in outbox has taken, newest first. Without a mail provider nothing leaves the machine, and every message can be read here. Mails with links to sign in (purpose transactional) are shown to administrators alone. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** The whole address, in any case */
          to?: string;
          channel?: "email" | "sms" | "push";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.OutboxMessage"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/outbox/{id}": {
    parameters: NoParameters;
    /** Read one message of the built-in outbox. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.OutboxMessage"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/preferences": {
    parameters: NoParameters;
    /** Your preferences. Your own, so the credential must be a person, or a key that has an owner (403 NO_PERSON). Open to every credential of the organization. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Preferences"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update your preferences (partial). Your own, so the credential must be a person, or a key that has an owner (403 NO_PERSON). Open to every credential of the organization. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.PreferencesChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Preferences"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/profile": {
    parameters: NoParameters;
    /** Your profile. Your own, so the credential must be a person, or a key that has an owner (403 NO_PERSON). Open to every credential of the organization. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Profile"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update your profile (partial). Your own, so the credential must be a person, or a key that has an owner (403 NO_PERSON). Open to every credential of the organization. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ProfileChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Profile"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects": {
    parameters: NoParameters;
    /** List prospects, newest first. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "new" | "contacted" | "engaged" | "qualified" | "unqualified" | "customer" | "do_not_contact";
          ownerId?: string;
          teamId?: string;
          accountId?: string;
          intentTier?: string;
          relationshipStage?: "cold" | "aware" | "engaged" | "opportunity" | "customer" | "former_customer";
          /** Those who are in the segment now */
          segment?: string;
          /** Conditions like and(eq(status,engaged),has(touches,within_last(startedAt,30d))), or the same as JSON. Fields: id, email, phone, linkedinUrl, firstName, lastName, title, company, accountId, customerId, status, relationshipStage, priorityScore, intentScore, intentTier, qualificationScore, bdrAssigned, enrichmentStatus, timeZone, language, country, source, ownerId, teamId, lastActivityAt, createdAt, updatedAt, activities, touches, conversions, events, pageViews, deals, account, lists, and custom.<key> of your own. */
          filter?: string;
          /** One or more of email, firstName, lastName, title, company, status, relationshipStage, priorityScore, intentScore, intentTier, qualificationScore, country, source, lastActivityAt, createdAt, updatedAt; - in front for descending. */
          sort?: string;
          /** Words of a name, address, company or title; similar ones where none is found */
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prospect"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a prospect. An address or number that interactions have brought before links the prospect to that person, and a later one does so as soon as it arrives. Needs the permission `prospects.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ProspectInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prospect"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/export": {
    parameters: NoParameters;
    /** Export prospects as a CSV file. All that the filters of the list find, oldest first, streamed. Cells that a spreadsheet would run as formulas are defused; an import takes the file as it is. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: {
          status?: "new" | "contacted" | "engaged" | "qualified" | "unqualified" | "customer" | "do_not_contact";
          ownerId?: string;
          teamId?: string;
          accountId?: string;
          intentTier?: string;
          relationshipStage?: "cold" | "aware" | "engaged" | "opportunity" | "customer" | "former_customer";
          /** Those who are in the segment now */
          segment?: string;
          /** Conditions like and(eq(status,engaged),has(touches,within_last(startedAt,30d))), or the same as JSON. Fields: id, email, phone, linkedinUrl, firstName, lastName, title, company, accountId, customerId, status, relationshipStage, priorityScore, intentScore, intentTier, qualificationScore, bdrAssigned, enrichmentStatus, timeZone, language, country, source, ownerId, teamId, lastActivityAt, createdAt, updatedAt, activities, touches, conversions, events, pageViews, deals, account, lists, and custom.<key> of your own. */
          filter?: string;
          /** Words of a name, address, company or title; similar ones where none is found */
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/import": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Import prospects from a CSV or JSON lines file. A form with the field `file`, or the file itself as the body with the fields as query parameters. Columns are recognised in snake_case, camelCase or by their usual names. Runs as a durable process: a bad row is reported with its line and stops no other, an empty cell leaves a value as it is, a row that comes again changes what the first one created. Needs the permission `prospects.edit`. */
    post: {
      parameters: {
        query?: {
          /** JSON object of column: field; null leaves a column out. Absent: columns are recognised by their names */
          mapping?: string;
          /** Check every row and store none */
          dryRun?: "true" | "false";
          /** Comma-separated; the first of them that a row has a value for finds the record that it means. Default: email */
          matchBy?: string;
          /** create skips rows whose record is there, update those whose record is not. Default: create_or_update */
          policy?: "create_or_update" | "create" | "update";
          fileName?: string;
        };
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "multipart/form-data": {
            file: Blob;
            /** JSON object of column: field; null leaves a column out. Absent: columns are recognised by their names */
            mapping?: string;
            /** Check every row and store none */
            dryRun?: "true" | "false";
            /** Comma-separated; the first of them that a row has a value for finds the record that it means. Default: email */
            matchBy?: string;
            /** create skips rows whose record is there, update those whose record is not. Default: create_or_update */
            policy?: "create_or_update" | "create" | "update";
          };
          "text/csv": string;
          "application/x-ndjson": string;
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProspectImport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/import/{jobId}": {
    parameters: NoParameters;
    /** Get an import of prospects: status, counts and its first errors. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          jobId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProspectImport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/import/{jobId}/cancel": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Cancel an import of prospects. It ends between two batches; rows that are stored stay until the import is undone. Needs the permission `prospects.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          jobId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProspectImport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/import/{jobId}/undo": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Undo an import of prospects. Deletes the prospects that the import created (they can be restored) and gives those that it changed what they held before. What somebody changed, linked or worked with since stays, is counted in keptAfterUndo and named in keptIds. Runs as a durable process. Needs the permission `prospects.delete`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          jobId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProspectImport"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/merges/{mergeId}/undo": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Undo a merge of prospects. Puts back what the merge moved and took over, where it still is as the merge left it. Later edits stay and are named in kept. Needs the permission `prospects.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          mergeId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProspectUnmerge"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}": {
    parameters: NoParameters;
    /** Get a prospect. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prospect"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update a prospect (partial). Absent fields stay as they are, null takes a value away. Needs the permission `prospects.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ProspectChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prospect"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a prospect (it can be restored). Needs the permission `prospects.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/prospects/{id}/activities": {
    parameters: NoParameters;
    /** Read the timeline of a prospect, latest first. Needs the permission `activities.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          type?: "email_sent" | "email_received" | "call_made" | "call_received" | "meeting_scheduled" | "meeting_completed" | "linkedin_interaction" | "note_added" | "status_changed" | "task_completed" | "deal_stage_changed" | "record_changed";
          from?: string;
          until?: string;
          q?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Activity"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Log an activity of a prospect by hand. Needs the permission `activities.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ProspectActivityInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Activity"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/can-contact": {
    parameters: NoParameters;
    /** May this person be contacted, and which rule decides. The same decision as every message gets when it is claimed and again before it is handed over. `held` ends by itself at `until`. Where the time zone is not known, every zone of the country or the number counts. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query: {
          channel: "email" | "sms" | "call" | "linkedin";
          /** Between two people, stops and consent decide; the other rules are warnings */
          purpose?: "sequence" | "marketing" | "one_to_one" | "transactional";
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactDecision"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/consents": {
    parameters: NoParameters;
    /** What a person has agreed to and withdrawn, the latest first. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactConsent"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Record that a person agrees to a channel, or no longer does. The latest word counts. A withdrawal is answered once no message to the person is on its way; a 503 says that it is stored and one still is. Needs the permission `prospects.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ContactConsentInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ContactConsent"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/data-export": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Export all that is stored about the person whom a prospect is. Starts a durable process. Follow it at GET /v1/privacy-requests/{id of the answer}. The file is under /v1/privacy-requests/{id}/export. Needs the permission `data.export`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.PrivacyRequest"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/enrich": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Have a prospect looked up. A process asks the enabled providers with credentials in their order, until nothing is missing. Where there is none that can be asked, the request ends with status skipped and reason "no provider". Needs the permission `prospects.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.EnrichmentWish"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.EnrichmentRequestDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/erase": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Erase the person whom a prospect is. Also a deleted prospect, and one whom no interaction has named. Starts a durable process that takes identifiers and texts away everywhere; pseudonymous touches stay, so credit does not change. Asked again, it answers the first request with its certificate. Follow it at GET /v1/privacy-requests/{id of the answer}. Needs the permission `prospects.delete`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.PrivacyRequest"];
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.PrivacyRequest"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/insights": {
    parameters: NoParameters;
    /** Insights into a prospect, warnings first, each with the rows that it rests on. Computed from timeline, calls, deals, tasks, meetings and the journey of the person, at the time of the request. Needs the permission `prospects.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProspectInsights"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/intent": {
    parameters: NoParameters;
    /** Explain the intent of a prospect: score, tier, trend, signals, history. A signal is worth its strength when it happens and half as much after each half-life. Signals add up as independent evidence: score = 100 × (1 − Π(1 − worth/100)). What happened at the company counts half. Needs the permission `intent.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProspectIntent"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/merge": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Merge two prospects. The record of the path keeps its own values and takes over what it lacks; activities, calls, meetings, tasks and all else that names the source names it from now on; the persons behind both become one. The source is deleted until the merge is undone. Needs the permission `prospects.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": {
            /** Merged into the record of the path, then deleted */
            sourceId: string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ProspectMerge"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/restore": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Restore a deleted prospect. Needs the permission `prospects.delete`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prospect"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/score": {
    parameters: NoParameters;
    /** Read the latest score of a prospect with its factors. Needs the permission `leads.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prediction"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Score a prospect now, with every factor and its evidence. By the active model, else the built-in one; becomes the priorityScore, and thresholds act on whoever comes over them. Scores follow by themselves when the intent tier changes, and every hour; a priorityScore that was set by hand then stays. Needs the permission `leads.score`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.LeadScore"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/prospects/{id}/score-history": {
    parameters: NoParameters;
    /** List the scores of a prospect, latest first. Needs the permission `leads.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prediction"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/scoring/models": {
    parameters: NoParameters;
    /** List scoring models, the active one first. Needs the permission `leads.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          isActive?: "true" | "false";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ScoringModel"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a scoring model. Needs the permission `leads.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ScoringModelInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ScoringModel"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/scoring/models/{id}": {
    parameters: NoParameters;
    get?: never;
    /** Update or activate a scoring model (partial). Weights, profile and thresholds are given as a whole. A change of them is a new revision; scores keep theirs. Needs the permission `leads.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ScoringModelChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ScoringModel"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a scoring model that is not in use. Needs the permission `leads.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/scoring/thresholds": {
    parameters: NoParameters;
    /** List what happens when a score reaches a threshold. Needs the permission `leads.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          action?: "assign" | "enroll" | "notify";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ScoreThreshold"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a threshold: assign, enroll into a static list or a cadence, or notify. Acts once on whoever comes over it, and anew after they fell below. Webhooks learn of it by lead.threshold_reached. Needs the permission `leads.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.ScoreThresholdInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ScoreThreshold"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/scoring/thresholds/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Delete a threshold. Needs the permission `leads.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/segments": {
    parameters: NoParameters;
    /** List segments by name. Needs the permission `lists.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Segment"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a segment of prospects. By what they are, did, answered and bought, and by your own fields. Needs the permission `lists.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.SegmentInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Segment"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/segments/preview": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Count who would be in a segment, with a sample. Needs the permission `lists.view`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.SegmentPreviewInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                count: number;
                sample: components['schemas']["apiV1.Prospect"][];
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/segments/{id}": {
    parameters: NoParameters;
    /** Get a segment with its size now. Needs the permission `lists.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Segment"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update a segment (partial). Dynamic lists of the segment follow with their next refresh. Needs the permission `lists.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.SegmentChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Segment"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a segment that no list is made of. Needs the permission `lists.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/segments/{id}/members": {
    parameters: NoParameters;
    /** List who is in a segment now, newest first. Needs the permission `lists.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Prospect"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/senders": {
    parameters: NoParameters;
    /** List senders with caps, ramp, domain and health. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "active" | "paused";
          userId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Sender"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a sender; its domain is checked for SPF, DKIM and DMARC. The first one becomes the default. Marketing and sequences need a checked domain and a postal address. Needs the permission `emails.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.SenderInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Sender"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/senders/{id}": {
    parameters: NoParameters;
    /** Get a sender with its health. Needs the permission `emails.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Sender"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update, pause or resume a sender, or check its domain again. A paused sender keeps its messages until it is resumed. `checkDomain: true` asks the name servers again. The address cannot change. Needs the permission `emails.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.SenderChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Sender"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/slas": {
    parameters: NoParameters;
    /** List SLA policies in the order in which they are asked. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          isDefault?: "true" | "false";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Sla"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create an SLA policy. A ticket falls under the policy that it names, else under the first that matches, else under the default. Its warnings and breaches are told to the assignee, their lead, watchers and webhooks. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.SlaInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Sla"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/slas/what-if": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** What a policy would have meant for tickets of the past. Counts every ticket that was created in the time through anew, minute by minute, with these targets and hours. At most 2,000 tickets, the newest. Nothing is stored. Needs the permission `tickets.view`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.SlaWhatIfInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.SlaWhatIf"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/slas/{id}": {
    parameters: NoParameters;
    get?: never;
    /** Update an SLA policy (partial). What it promises anew counts for its open tickets from now on; what was counted before stays. Needs the permission `tickets.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.SlaChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Sla"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete an SLA policy that no ticket was promised. Needs the permission `tickets.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/sms/webhook/twilio": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Receive texts and their states from Twilio. Signed with the auth token of the account (`X-Twilio-Signature` over the public address and the fields). STOP and whatever means it ends texts to the number at once, START begins them again, HELP is answered. Needs no credential. */
    post: {
      parameters: {
        query?: {
          /** Of the sender: GET /senders/{id} shows the whole address */
          token?: string;
          send?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/x-www-form-urlencoded": Record<string, string>;
          "multipart/form-data": Record<string, string>;
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/xml; charset=utf-8": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tasks": {
    parameters: NoParameters;
    /** List tasks; with `date`, the tasks of a day. With `date`: what is due on that day of the assignee's own time zone and, when it is today, what is overdue; the most urgent first. Without: all tasks by due time. Needs the permission `tasks.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          date?: string;
          /** Whose tasks */
          userId?: string;
          teamId?: string;
          type?: "call" | "email" | "linkedin" | "sms" | "meeting" | "follow_up" | "other";
          status?: "open" | "completed" | "cancelled";
          priority?: "low" | "normal" | "high" | "urgent";
          overdue?: "true" | "false";
          prospectId?: string;
          accountId?: string;
          dealId?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Task"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a task. The assignee is told an hour before it is due, and once it is overdue. Needs the permission `tasks.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TaskInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Task"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tasks/{id}": {
    parameters: NoParameters;
    /** Get a task. Needs the permission `tasks.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Task"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update, reschedule or reassign an open task (partial). A new `dueAt` begins its reminders anew. Needs the permission `tasks.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TaskChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Task"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a task. Needs the permission `tasks.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/tasks/{id}/complete": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Complete a task. Stands in the timeline as `task_completed`. A task is completed once; a second time is a 409. Needs the permission `tasks.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TaskCompletion"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Task"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/team": {
    parameters: NoParameters;
    /** Your team with its settings and members. Whoever is in no team gets the first one of the organization. Needs the permission `teams.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TeamDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update the settings of your team (partial). Settings are free-form and replaced as a whole. Needs the permission `teams.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.OwnTeamChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TeamDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/team/activity": {
    parameters: NoParameters;
    /** What members did, newest first. From the audit log, by the people whom the directory shows to you. Needs the permission `users.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          userId?: string;
          /** Like deal.update */
          action?: string;
          from?: string;
          to?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.MemberActivity"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/team/invitations": {
    parameters: NoParameters;
    /** List invitations, newest first. Pending ones unless `status` says otherwise. Needs the permission `users.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "pending" | "accepted" | "revoked" | "expired" | "all";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Invitation"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/team/invitations/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Revoke an invitation. Its links stop at once. One that is revoked already stays as it is; an accepted one is a 409. Needs the permission `users.create`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Invitation"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/team/invitations/{token}/accept": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Accept an invitation and sign in. The token stands behind `token=` in the link of the mail. Expired: 400 `INVITATION_EXPIRED`; a second time: 409. Needs no credential. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.AcceptInvitationInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.SignedIn"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/team/invitations/{id}/resend": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Send an invitation again. With a new link and its whole time anew, also after it has expired. Links sent before go on working. Needs the permission `users.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Invitation"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/team/invite": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Invite somebody by mail. The link is in the mail alone and works once, for INVITATION_EXPIRATION_HOURS (72); a reminder follows a day before the end. Nobody invites to a role that may do more than they. Needs the permission `users.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.InviteInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Invitation"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/team/members": {
    parameters: NoParameters;
    /** Directory of members: admins see the organization, others their own team. Needs the permission `users.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          role?: "admin" | "user" | "viewer";
          status?: "active" | "inactive";
          /** Part of a name or e-mail */
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Member"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/team/members/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Remove a member: no access and no team any more. The record stays and can be made active again. The last active admin stays (409 LAST_ADMIN). Needs the permission `users.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.User"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/team/members/{id}/role": {
    parameters: NoParameters;
    get?: never;
    /** Make a member an admin, a user or a viewer. Gives the default role of that name. The last active admin stays one (409 LAST_ADMIN). Needs the permission `users.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.MemberRole"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.User"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/ticket-mailboxes": {
    parameters: NoParameters;
    /** List the addresses that tickets come in by. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketMailbox"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create an address that customers write to. Whatever receives its mail (SendGrid Inbound Parse, or any gateway that posts the same fields) is given the answered `url`, which is shown once and is as good as a password. Replies come from this address. Needs the permission `organization.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketMailboxInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.CreatedTicketMailbox"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/ticket-mailboxes/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Delete a mailbox; its tickets stay. Needs the permission `organization.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/ticket-routing-rules": {
    parameters: NoParameters;
    /** List routing rules in the order in which they are asked. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          isActive?: "true" | "false";
          strategy?: "assignee" | "team" | "round_robin" | "least_loaded" | "skill" | "language";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketRoutingRule"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a routing rule. The first active rule that matches a new ticket and finds somebody decides. `round_robin` goes in turn, `least_loaded` takes who has the fewest open tickets, `skill` who knows most of its tags, `language` who speaks it. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketRoutingRuleInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketRoutingRule"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/ticket-routing-rules/dry-run": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Which rule would win for a ticket, and what became of the others. Needs the permission `tickets.view`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketRoutingDryRun"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/ticket-routing-rules/{id}": {
    parameters: NoParameters;
    get?: never;
    /** Update a routing rule (partial). Needs the permission `tickets.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketRoutingRuleChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketRoutingRule"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a routing rule; tickets stay where it sent them. Needs the permission `tickets.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/ticket-surveys/{token}": {
    parameters: NoParameters;
    /** The page of a satisfaction survey; looking rates nothing. Needs no credential. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/html; charset=utf-8": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Answer a satisfaction survey from its page. The first answer counts; whoever sends another one is thanked, and nothing changes. Needs no credential. */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/x-www-form-urlencoded": components['schemas']["apiV1.TicketSurveyForm"];
          "multipart/form-data": components['schemas']["apiV1.TicketSurveyForm"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/html; charset=utf-8": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets": {
    parameters: NoParameters;
    /** List tickets, the newest first. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "new" | "open" | "pending" | "resolved" | "closed";
          priority?: "low" | "normal" | "high" | "urgent";
          assigneeId?: string;
          teamId?: string;
          prospectId?: string;
          accountId?: string;
          slaState?: "none" | "running" | "paused" | "warned" | "breached" | "met";
          tag?: string;
          /** Conditions like and(eq(priority,urgent),has(account)). Fields: id, number, subject, status, priority, channel, requesterEmail, requesterName, prospectId, accountId, assigneeId, teamId, tags, language, slaId, slaState, satisfactionScore, firstResponseDueAt, nextResponseDueAt, resolutionDueAt, firstRespondedAt, lastReplyAt, resolvedAt, closedAt, createdAt, account, prospect, custom.<key>. */
          filter?: string;
          q?: string;
          /** One or more of number, subject, status, priority, requesterEmail, satisfactionScore, firstResponseDueAt, nextResponseDueAt, resolutionDueAt, firstRespondedAt, lastReplyAt, resolvedAt, closedAt, createdAt; - in front for descending. */
          sort?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.Ticket"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a ticket. Finds the person and the account behind the address, asks the routing rules unless somebody is named, and starts the clocks of the SLA policy that it falls under. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/analytics": {
    parameters: NoParameters;
    /** Response and resolution times, broken promises and satisfaction. Of a range of days, cut by agent, team, channel, day, week or month. Times are by the clock on the wall; GET /tickets/{id}/sla has business time. Metrics are defined at GET /v1/analytics/metrics. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          startDate?: string;
          /** Last day, inclusive; today unless given */
          endDate?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** The newest completed run that covers the days and holds the model, unless given */
          runId?: string;
          /** The organization’s default model unless given */
          modelCode?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          /** Amounts are shown in it where rates are known; the organization’s unless given */
          currency?: string;
          agentId?: string[];
          teamId?: string[];
          vendorId?: string[];
          channel?: string[];
          campaign?: string[];
          contentId?: string[];
          /** utm_source */
          source?: string[];
          intent?: string[];
          /** day, week, month, a dimension, or one of each separated by a comma; agent unless given */
          groupBy?: string;
          /** A metric, with - in front: largest first */
          sort?: "tickets_created" | "-tickets_created" | "tickets_resolved" | "-tickets_resolved" | "avg_first_response_time" | "-avg_first_response_time" | "avg_resolution_time" | "-avg_resolution_time" | "sla_breach_rate" | "-sla_breach_rate" | "sla_breaches" | "-sla_breaches" | "csat" | "-csat" | "avg_rating" | "-avg_rating" | "ratings" | "-ratings" | "reopen_rate" | "-reopen_rate";
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketAnalytics"];
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/merges/{mergeId}/undo": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Undo a merge of tickets. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          mergeId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketMerge"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/webhook/email": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Take in a mail as a ticket or as a reply. A form as SendGrid Inbound Parse posts it, with attachments, or its fields as JSON. A mail belongs to the ticket whose signed address it was sent to, else whose mail it answers, else whose number its subject names; otherwise it begins one. Automatic replies, bounces, mailing lists and floods are noted and refused. A mail is taken once, however often it comes. Needs no credential. */
    post: {
      parameters: {
        query?: {
          token?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.InboundMail"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.ReceivedTicketMail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}": {
    parameters: NoParameters;
    /** Get a ticket with its links, times and attachments. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update a ticket (partial). `pending` pauses its clocks, `resolved` stops them, another priority counts from the creation on. A closed ticket stays closed. Needs the permission `tickets.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/assign": {
    parameters: NoParameters;
    get?: never;
    /** Assign a ticket to a person, a team or nobody. Needs the permission `tickets.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketAssignment"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/attachments": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Attach a file to a ticket. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "multipart/form-data": {
            file: Blob;
          };
          "text/csv": string;
          "application/x-ndjson": string;
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketAttachment"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/attachments/{attachmentId}": {
    parameters: NoParameters;
    /** Read an attachment, a part of 256 KiB at a time. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          part?: number;
        };
        header?: never;
        path: {
          id: string;
          attachmentId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketAttachmentPart"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/merge": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Merge another ticket into this one. Its conversation goes on here; it is closed and points here. Each keeps its own clocks. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketMergeInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketMerge"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/replies": {
    parameters: NoParameters;
    /** List the replies and notes of a ticket. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          isInternal?: "true" | "false";
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketReply"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Reply to the requester, or leave an internal note. A public reply answers what the customer waits for and goes to them by mail in the same thread. An internal note does neither. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketReplyInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketReply"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/satisfaction": {
    parameters: NoParameters;
    /** The satisfaction surveys of a ticket, the newest first. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketSurvey"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Answer the satisfaction survey of a ticket. For customers: the signed token of the link is all that it needs. A survey is answered once. Needs no credential. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketRatingInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketRating"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/satisfaction-link": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Make a link with which a customer rates a ticket. Signed; it opens one rating of this ticket. A resolved ticket sends its requester one by itself. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.SatisfactionLink"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/sla": {
    parameters: NoParameters;
    /** What was promised, what is left of it, and what each minute was. Computed as it is read from the history of the ticket: every stretch since its creation is counted, paused, outside of business hours, or a holiday. Needs the permission `tickets.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.SlaState"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/tickets/{id}/split": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Begin a ticket of its own with some of the replies. Needs the permission `tickets.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.TicketSplitInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.TicketDetail"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/webhooks": {
    parameters: NoParameters;
    /** List webhook endpoints, newest first. Needs the permission `webhooks.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          active?: "true" | "false";
          /** One or more of url, active, createdAt, updatedAt; - in front for descending. */
          sort?: string;
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), url (text), description (text), events (text[]), active (boolean), disabledReason (enum), createdAt (timestamp), updatedAt (timestamp). */
          filter?: string;
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookEndpoint"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    /** Create a webhook endpoint; its secret is shown once. Deliveries are signed as Standard Webhooks says (headers webhook-id, webhook-timestamp, webhook-signature). Each event is delivered at least once, always under the same webhook-id. A 2xx within 10 s is a success; anything else is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h. 410 disables the endpoint at once, five days without a success disable it as well. Needs the permission `webhooks.manage`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.WebhookEndpointInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookEndpointWithSecret"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/webhooks/events": {
    parameters: NoParameters;
    /** List the events that can be subscribed to, each with its schema and an example. data.object is the record as it is when the delivery is made, null when it is gone; the other fields tell what happened. Needs the permission `webhooks.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookEvents"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/webhooks/logs/{logId}/retry": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Deliver once more, under the same webhook-id. Needs the permission `webhooks.manage`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          logId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookLog"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/webhooks/{id}": {
    parameters: NoParameters;
    /** Get a webhook endpoint with its health; never its secret. Needs the permission `webhooks.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookEndpointWithHealth"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    /** Update a webhook endpoint (partial), enable or disable it. While it is disabled no event is queued for it; what was queued before goes out when it is enabled. Needs the permission `webhooks.manage`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.WebhookEndpointChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookEndpoint"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a webhook endpoint with its log and what was not delivered yet. Needs the permission `webhooks.manage`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
  };
  "/api/v1/webhooks/{id}/logs": {
    parameters: NoParameters;
    /** List the deliveries of a webhook endpoint with their attempts, newest first. What was delivered or given up is kept for 30 days. Needs the permission `webhooks.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "pending" | "delivered" | "dead";
          eventType?: string;
          /** One or more of eventType, status, attempts, statusCode, latencyMs, createdAt, occurredAt, deliveredAt, nextAttemptAt; - in front for descending. */
          sort?: string;
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), eventId (uuid), eventType (text), entityType (text), entityId (uuid), kind (enum), status (enum), attempts (number), statusCode (number), latencyMs (number), createdAt (timestamp), occurredAt (timestamp), deliveredAt (timestamp), nextAttemptAt (timestamp). */
          filter?: string;
          q?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookLog"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/webhooks/{id}/replay": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Replay the events of a range of time. Also what happened before the endpoint existed or while it was disabled. At most 10,000 events; what was delivered before keeps its webhook-id. Needs the permission `webhooks.manage`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["apiV1.WebhookReplayInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookReplay"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/webhooks/{id}/rotate-secret": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Give a webhook endpoint a new secret; deliveries carry both signatures for an overlap. The body may be left out: the overlap is then 24 hours. With 0 the old secret ends at once. Needs the permission `webhooks.manage`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["apiV1.WebhookSecretRotation"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookEndpointWithSecret"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        412: Refused<components['schemas']["apiV1.Error"]>;
        413: Refused<components['schemas']["apiV1.Error"]>;
        415: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/api/v1/webhooks/{id}/test": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Send a signed test event. It goes the way of every delivery, is tried once, and reaches a disabled endpoint, too. Needs the permission `webhooks.manage`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["apiV1.WebhookLog"];
            };
          };
        };
        400: Refused<components['schemas']["apiV1.Error"]>;
        401: Refused<components['schemas']["apiV1.Error"]>;
        403: Refused<components['schemas']["apiV1.Error"]>;
        404: Refused<components['schemas']["apiV1.Error"]>;
        409: Refused<components['schemas']["apiV1.Error"]>;
        429: Refused<components['schemas']["apiV1.Error"]>;
        500: Refused<components['schemas']["apiV1.Error"]>;
        503: Refused<components['schemas']["apiV1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/agents": {
    parameters: NoParameters;
    /** List agents by external id. Needs the permission `vendors.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Id or number */
          team_id?: string;
          vendor_id?: string;
          external_id?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Agent"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create an agent. An interaction that names an unknown agent creates it too. Needs the permission `vendors.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.AgentInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Agent"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/agents/{id}": {
    parameters: NoParameters;
    /** Get an agent. Needs the permission `vendors.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Agent"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Update an agent (partial). Absent fields stay as they are, null takes one away. A new team counts for interactions to come; those that are stored keep theirs. Needs the permission `vendors.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.AgentChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Agent"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/agents/revenue": {
    parameters: NoParameters;
    /** What agents earned: revenue, conversions, rate, deal size, interactions, calls; the best first. The conversion’s time decides the period. Says which run, model and as_of it rests on and whether the period lies inside the run; `Accept: text/csv` answers the rows as a table. Filters may be repeated. Metrics are defined at GET /v1/analytics/metrics. Needs the permission `analytics.agents.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          start_date?: string;
          /** Last day, inclusive; today unless given */
          end_date?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** The newest completed run that covers the days and holds the model, unless given */
          run_id?: string;
          /** The organization’s default model unless given */
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          /** Amounts are shown in it where rates are known; the organization’s unless given */
          currency?: string;
          agent_id?: string[];
          team_id?: string[];
          vendor_id?: string[];
          channel?: string[];
          campaign?: string[];
          content_id?: string[];
          /** utm_source */
          source?: string[];
          intent?: string[];
          /** day, week, month, a dimension, or one of each separated by a comma; agent unless given */
          group_by?: string;
          /** A metric, with - in front: largest first */
          sort?: "attributed_revenue" | "-attributed_revenue" | "conversions" | "-conversions" | "attributed_conversions" | "-attributed_conversions" | "conversion_rate" | "-conversion_rate" | "avg_deal_size" | "-avg_deal_size" | "total_interactions" | "-total_interactions" | "call_volume" | "-call_volume" | "avg_call_duration" | "-avg_call_duration" | "revenue_share" | "-revenue_share";
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AgentsRevenue"];
              message: string;
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/channels/roi": {
    parameters: NoParameters;
    /** Revenue, cost, ROI and efficiency by channel. The conversion’s time decides the period. Says which run, model and as_of it rests on and whether the period lies inside the run; `Accept: text/csv` answers the rows as a table. Filters may be repeated. Metrics are defined at GET /v1/analytics/metrics. Needs the permission `analytics.intents.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          start_date?: string;
          /** Last day, inclusive; today unless given */
          end_date?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** The newest completed run that covers the days and holds the model, unless given */
          run_id?: string;
          /** The organization’s default model unless given */
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          /** Amounts are shown in it where rates are known; the organization’s unless given */
          currency?: string;
          agent_id?: string[];
          team_id?: string[];
          vendor_id?: string[];
          channel?: string[];
          campaign?: string[];
          content_id?: string[];
          /** utm_source */
          source?: string[];
          intent?: string[];
          /** day, week, month, a dimension, or one of each separated by a comma; channel unless given */
          group_by?: string;
          /** A metric, with - in front: largest first */
          sort?: "attributed_revenue" | "-attributed_revenue" | "cost" | "-cost" | "spend" | "-spend" | "interaction_cost" | "-interaction_cost" | "roi" | "-roi" | "roas" | "-roas" | "cpa" | "-cpa" | "channel_efficiency" | "-channel_efficiency" | "conversions" | "-conversions" | "attributed_conversions" | "-attributed_conversions" | "avg_deal_size" | "-avg_deal_size" | "total_interactions" | "-total_interactions" | "conversion_rate" | "-conversion_rate" | "revenue_share" | "-revenue_share";
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ChannelsRoi"];
              message: string;
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/content/engagement": {
    parameters: NoParameters;
    /** Views, engagement and attributed revenue of contents; the best first. The conversion’s time decides the period. Says which run, model and as_of it rests on and whether the period lies inside the run; `Accept: text/csv` answers the rows as a table. Filters may be repeated. Metrics are defined at GET /v1/analytics/metrics. Needs the permission `analytics.intents.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          start_date?: string;
          /** Last day, inclusive; today unless given */
          end_date?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** The newest completed run that covers the days and holds the model, unless given */
          run_id?: string;
          /** The organization’s default model unless given */
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          /** Amounts are shown in it where rates are known; the organization’s unless given */
          currency?: string;
          agent_id?: string[];
          team_id?: string[];
          vendor_id?: string[];
          channel?: string[];
          campaign?: string[];
          content_id?: string[];
          /** utm_source */
          source?: string[];
          intent?: string[];
          /** day, week, month, a dimension, or one of each separated by a comma; content unless given */
          group_by?: string;
          /** A metric, with - in front: largest first */
          sort?: "attributed_revenue" | "-attributed_revenue" | "content_views" | "-content_views" | "viewers" | "-viewers" | "engagement_rate" | "-engagement_rate" | "engagements" | "-engagements" | "avg_view_duration" | "-avg_view_duration" | "conversions" | "-conversions" | "attributed_conversions" | "-attributed_conversions" | "total_interactions" | "-total_interactions";
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ContentEngagement"];
              message: string;
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/funnel/stages": {
    parameters: NoParameters;
    /** How far people get: volume, conversion, drop-off and time between stages. People touched in the period, followed to its end: touched, engaged (a second touch), interested (a touch with an intent to buy), lead and opportunity (the organization’s milestone event types; left out where it has none), converted. Who is seen in a later stage has passed the earlier ones. No credit is used: the run is named for reference. Needs the permission `analytics.intents.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          start_date?: string;
          /** Last day, inclusive; today unless given */
          end_date?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** The newest completed run that covers the days and holds the model, unless given */
          run_id?: string;
          /** The organization’s default model unless given */
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          agent_id?: string[];
          team_id?: string[];
          vendor_id?: string[];
          channel?: string[];
          campaign?: string[];
          content_id?: string[];
          /** utm_source */
          source?: string[];
          intent?: string[];
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Funnel"];
              message: string;
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/intents/revenue": {
    parameters: NoParameters;
    /** Revenue, conversion, frequency and purchase probability by intent. The conversion’s time decides the period. Says which run, model and as_of it rests on and whether the period lies inside the run; `Accept: text/csv` answers the rows as a table. Filters may be repeated. Metrics are defined at GET /v1/analytics/metrics. Needs the permission `analytics.intents.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          start_date?: string;
          /** Last day, inclusive; today unless given */
          end_date?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** The newest completed run that covers the days and holds the model, unless given */
          run_id?: string;
          /** The organization’s default model unless given */
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          /** Amounts are shown in it where rates are known; the organization’s unless given */
          currency?: string;
          agent_id?: string[];
          team_id?: string[];
          vendor_id?: string[];
          channel?: string[];
          campaign?: string[];
          content_id?: string[];
          /** utm_source */
          source?: string[];
          intent?: string[];
          /** day, week, month, a dimension, or one of each separated by a comma; intent unless given */
          group_by?: string;
          /** A metric, with - in front: largest first */
          sort?: "attributed_revenue" | "-attributed_revenue" | "conversions" | "-conversions" | "attributed_conversions" | "-attributed_conversions" | "conversion_rate" | "-conversion_rate" | "avg_deal_size" | "-avg_deal_size" | "total_interactions" | "-total_interactions" | "interaction_share" | "-interaction_share" | "avg_purchase_probability" | "-avg_purchase_probability" | "customers_touched" | "-customers_touched" | "customers_converted" | "-customers_converted" | "revenue_share" | "-revenue_share";
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.IntentsRevenue"];
              message: string;
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/journey/velocity": {
    parameters: NoParameters;
    /** How long journeys take, the fastest paths, where they stall, and the trend. A journey is what a person was touched by in the window before a conversion of the period, after their conversion before it. No credit is used: the run is named for reference. `Accept: text/csv` answers the trend. Needs the permission `analytics.journey.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          start_date?: string;
          /** Last day, inclusive; today unless given */
          end_date?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** The newest completed run that covers the days and holds the model, unless given */
          run_id?: string;
          /** The organization’s default model unless given */
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          /** Of the trend */
          group_by?: "day" | "week" | "month";
          window_days?: number;
          /** Paths that fewer conversions took are not listed */
          min_conversions?: number;
          /** Paths and bottlenecks */
          limit?: number;
          channel?: string[];
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.JourneyVelocity"];
              message: string;
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/metrics": {
    parameters: NoParameters;
    /** All metrics: meaning, unit, direction, whether they add up, and what they can be cut by. Needs the permission `reports.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Metric"][];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/reports/custom": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Any metrics by any dimensions they share, with filters, as JSON or CSV. Metrics and what they can be cut by: GET /v1/analytics/metrics. One or two dimensions, and a calendar unit as granularity. The format csv answers a table; PDF files are refused. What was asked for is in the audit log. Needs the permission `reports.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.CustomReportInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.CustomReport"];
              message: string;
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/analytics/vendors/comparison": {
    parameters: NoParameters;
    /** Vendors side by side: revenue, volume, cost per acquisition, ROI, quality. The conversion’s time decides the period. Says which run, model and as_of it rests on and whether the period lies inside the run; `Accept: text/csv` answers the rows as a table. Filters may be repeated. Metrics are defined at GET /v1/analytics/metrics. Needs the permission `analytics.vendors.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          start_date?: string;
          /** Last day, inclusive; today unless given */
          end_date?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** The newest completed run that covers the days and holds the model, unless given */
          run_id?: string;
          /** The organization’s default model unless given */
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          /** Amounts are shown in it where rates are known; the organization’s unless given */
          currency?: string;
          agent_id?: string[];
          team_id?: string[];
          vendor_id?: string[];
          channel?: string[];
          campaign?: string[];
          content_id?: string[];
          /** utm_source */
          source?: string[];
          intent?: string[];
          /** day, week, month, a dimension, or one of each separated by a comma; vendor unless given */
          group_by?: string;
          /** A metric, with - in front: largest first */
          sort?: "attributed_revenue" | "-attributed_revenue" | "conversions" | "-conversions" | "attributed_conversions" | "-attributed_conversions" | "avg_deal_size" | "-avg_deal_size" | "total_interactions" | "-total_interactions" | "call_volume" | "-call_volume" | "avg_call_duration" | "-avg_call_duration" | "conversion_rate" | "-conversion_rate" | "cost" | "-cost" | "spend" | "-spend" | "interaction_cost" | "-interaction_cost" | "cpa" | "-cpa" | "roi" | "-roi" | "roas" | "-roas" | "avg_purchase_probability" | "-avg_purchase_probability" | "intent_detection_rate" | "-intent_detection_rate";
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.VendorsComparison"];
              message: string;
            };
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/compare": {
    parameters: NoParameters;
    /** Runs and models side by side, by any dimension; the difference of two runs. Credits and revenue of the published results. For exactly two runs also the second less the first; once POST /v1/attribution/comparisons has been asked for it, in parts: configuration, identity, corrections, late data, refunds. Currencies are never added. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: {
          /** Up to ten, repeated or with commas; default: the newest completed run */
          run_ids?: string[];
          /** Default: all models of each run */
          model_codes?: string[];
          dimension?: "channel" | "campaign" | "agent" | "team" | "vendor" | "intent" | "source" | "day" | "week" | "month";
          /** Rows shown, those with the largest revenue; totals are over all */
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionComparisonTable"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/comparisons": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Explain the difference of two completed runs in parts. Turns the first run into the second one part at a time, in the stated order, and computes each state between them as a run of its own, durably. Read the parts by GET /v1/attribution/compare with the same two runs. Asked for again it is the same comparison. Needs the permission `attribution.execute`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.AttributionComparisonInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionComparison"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/comparisons/{comparison_id}": {
    parameters: NoParameters;
    /** Status, progress and states of a comparison. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          comparison_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionComparison"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/models": {
    parameters: NoParameters;
    /** List all attribution models. Needs the permission `attribution.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionModel"][];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/platform-claims": {
    parameters: NoParameters;
    /** Overlap and over-claim per channel, against the deduplicated truth of a run. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: {
          /** The truth; default: the newest completed run */
          run_id?: string;
          /** Default: the run's own model */
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          /** Default: the first day that is claimed */
          start_date?: string;
          /** Default: the last day that is claimed */
          end_date?: string;
          channel?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PlatformOverClaims"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Load what advertising platforms claim. The same channel, platform and period is one claim: sent again it is replaced. Periods of one platform must not overlap. An array holds up to 1,000 claims, with one outcome per row. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.PlatformClaimInput"] | components['schemas']["v1.PlatformClaimInput"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PlatformClaim"];
              message: string;
            } | {
              data: (components['schemas']["BulkRow"] & components['schemas']["v1.PlatformClaim"] | components['schemas']["BulkRow"])[];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PlatformClaim"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs": {
    parameters: NoParameters;
    /** List attribution runs, newest first. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "pending" | "running" | "completed" | "failed";
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionRun"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create an attribution run (status pending). Nothing is computed before the run is executed. Needs the permission `attribution.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.AttributionRunInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionRun"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}": {
    parameters: NoParameters;
    /** Get an attribution run: status, times, progress, counts and configuration. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionRun"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/cancel": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Cancel a pending or running attribution run. The run becomes failed with code CANCELLED; running statements are stopped. Needs the permission `attribution.execute`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionRun"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/execute": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Execute an attribution run. Starts the durable process and answers at once. A run that is going on is answered as it is; a finished one is computed again as a new generation over the same frozen input. Needs the permission `attribution.execute`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionRun"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/model-details": {
    parameters: NoParameters;
    /** What the data-driven models of a run learned. Transition table, removal effects and credits of MARKOV; coalitions and Shapley values of SHAPLEY, as used for the published generation. Null for a model that the run does not have. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionModelDetails"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/progress": {
    parameters: NoParameters;
    /** How far an attribution run is. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionProgress"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/progress/stream": {
    parameters: NoParameters;
    /** How far an attribution run is, as server-sent events. An event `progress` whenever something has changed, at most one a second, and `end` when the run is not running (any more). Without changes a comment every 15 seconds. Up to 20 streams of an organization are open at once; more are a 429. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: {
          /** After which the stream ends early; come back for more */
          max_seconds?: number;
        };
        header?: never;
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/event-stream": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/report": {
    parameters: NoParameters;
    /** The results of a run as one HTML page. Models side by side, revenue over time, agents, teams, vendors and journeys: charts as SVG with their numbers beside them. The page has no script and loads nothing; it can be printed, mailed and kept. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/html": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/results": {
    parameters: NoParameters;
    /** Credits of the published generation. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          conversion_id?: string;
          interaction_id?: string;
          customer_id?: string;
          agent_id?: string;
          /** Id or number */
          team_id?: string;
          vendor_id?: string;
          channel?: string;
        };
        header?: never;
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionResult"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/results/{result_id}/explain": {
    parameters: NoParameters;
    /** Explain one credit. Computes the credit again from the run's frozen input: every touch with its inputs and undivided weight, every share with the rounding, the parameters of the model, the steps, and the rules that decided. Enough to recompute the weight by hand. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          run_id: string;
          result_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionExplanation"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/runs/{run_id}/unattributed": {
    parameters: NoParameters;
    /** Conversions without credit, with the nearest touch. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path: {
          run_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.UnattributedConversion"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/schedules": {
    parameters: NoParameters;
    /** List attribution schedules, newest first. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionSchedule"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Run attribution at a time of day, each time over the days before. Daily, weekly or monthly by the wall clock of the organization. A day has one run, also on the days on which the clocks are changed; a firing that finds the run before still going on is skipped. Needs the permission `attribution.execute`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.AttributionScheduleInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionSchedule"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/schedules/{schedule_id}": {
    parameters: NoParameters;
    /** Get an attribution schedule with its next time and its last run. Needs the permission `attribution.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          schedule_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionSchedule"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    /** Delete an attribution schedule; its runs stay. Needs the permission `attribution.execute`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          schedule_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/attribution/schedules/{schedule_id}/pause": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Pause an attribution schedule; a run that is going on goes on. Needs the permission `attribution.execute`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          schedule_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionSchedule"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/attribution/schedules/{schedule_id}/resume": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Resume a paused attribution schedule; what it missed is not made up for. Needs the permission `attribution.execute`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          schedule_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AttributionSchedule"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/audit-logs": {
    parameters: NoParameters;
    /** List who did what, newest first; refused attempts too. The total is exact up to 100,000 and stays there beyond. Every change is noted in the transaction that makes it, with the states before and after, the request id, and for keys the owner. Needs the permission `audit.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Exactly, like vendor.update or access.denied */
          action?: string;
          entity_type?: string;
          entity_id?: string;
          /** A person or a key; for a person also what their keys did */
          actor_id?: string;
          outcome?: "success" | "denied";
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), created_at (timestamp), action (text), entity_type (text), entity_id (uuid), actor_kind (enum), actor_id (uuid), on_behalf_of (uuid), outcome (enum), request_id (text), sequence (number). */
          filter?: string;
          q?: string;
          /** One or more of created_at, action, entity_type, sequence; - in front for descending. */
          sort?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AuditLog"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/audit-logs/export": {
    parameters: NoParameters;
    /** Download the audit log as CSV, newest first. Takes the conditions of the list. Cells that a spreadsheet would take for formulas are defused. Needs the permission `audit.view`. */
    get: {
      parameters: {
        query?: {
          /** Exactly, like vendor.update or access.denied */
          action?: string;
          entity_type?: string;
          entity_id?: string;
          /** A person or a key; for a person also what their keys did */
          actor_id?: string;
          outcome?: "success" | "denied";
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), created_at (timestamp), action (text), entity_type (text), entity_id (uuid), actor_kind (enum), actor_id (uuid), on_behalf_of (uuid), outcome (enum), request_id (text), sequence (number). */
          filter?: string;
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/audit-logs/verify": {
    parameters: NoParameters;
    /** Recompute the sealed chain and name what was changed or removed. Every row is chained to the one before it some seconds after its commit. Note head.sequence and head.hash outside of this system: a later call with them as known_sequence and known_hash also finds a chain that was rewritten as a whole. Needs the permission `audit.view`. */
    get: {
      parameters: {
        query?: {
          from_sequence?: number;
          limit?: number;
          known_sequence?: number;
          known_hash?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.AuditVerification"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/collect": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Receive page views, events and identifications from a web page. For the script `/beacon.js`: JSON that may call itself text/plain, without headers of its own. The key is public and stands in the URL; the `Origin` of the page must be in the list of `PUT /v1/organization/beacon`, or the answer is 403 `ORIGIN_NOT_ALLOWED`. `identify` is stored as an event of that type and names the customer of its session. An external_id that exists changes nothing. An array of up to 1,000 answers 200 with one outcome per row. Needs the permission `data.ingest`. */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "text/plain": components['schemas']["v1.Hit"] | components['schemas']["v1.Hit"][];
          "application/json": components['schemas']["v1.Hit"] | components['schemas']["v1.Hit"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: (components['schemas']["BulkRow"] & components['schemas']["v1.HitReceipt"] | components['schemas']["BulkRow"])[];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.HitReceipt"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/conversions": {
    parameters: NoParameters;
    /** List conversions, newest first, without voided ones. The total is exact up to 100,000 and stays there beyond; narrow the dates to look further. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** First day, in the organization's time zone */
          start_date?: string;
          /** Last day, inclusive */
          end_date?: string;
          /** One or more of event_type, amount_decimal, occurred_at, created_at; - in front for descending. */
          sort?: string;
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), external_event_id (text), customer_id (uuid), event_type (text), event_source (text), amount_decimal (money), currency (text), occurred_at (timestamp), created_at (timestamp), updated_at (timestamp). */
          filter?: string;
          q?: string;
          event_type?: string;
          /** Any record of a person stands for all linked ones */
          customer_id?: string;
          /** Refunds of this conversion */
          refund_of?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Conversion"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Track one conversion (purchase, signup, ...). Stores revenue of a customer. An external id that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row. A refund has a negative amount and names its original in refund_of (external id or id): it must be stored already or stand earlier in the same array (else 400 REFUND_ORIGINAL_NOT_FOUND), have the same currency, be neither void nor a refund itself, and all its refunds together never exceed it (400 REFUND_EXCEEDS_ORIGINAL). A refund belongs to the customer of its original; identifiers that come with it are checked and not stored. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.ConversionInput"] | components['schemas']["v1.ConversionInput"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: (components['schemas']["BulkRow"] & components['schemas']["v1.ConversionReceipt"] | components['schemas']["BulkRow"])[];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ConversionReceipt"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/conversions/{id}": {
    parameters: NoParameters;
    /** Get a conversion, also a voided one. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Conversion"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Correct a conversion (partial); the old version is kept. Absent fields stay as they are, null takes the metadata away. Runs that were executed before keep their input; new ones read the new version. The external id cannot change. A conversion stays at least as large as its refunds (else 409 REFUNDS_EXCEED_AMOUNT) and keeps their currency; when its customer changes, its refunds follow. A refund stays one, of the same original. Needs the permission `data.ingest`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.ConversionChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Conversion"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/conversions/{id}/void": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Void a conversion: it no longer counts, its versions are kept. A conversion with refunds is refused (409 HAS_REFUNDS): void those first. A voided refund counts no more, and its amount may be refunded again. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.VoidInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Conversion"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/customers": {
    parameters: NoParameters;
    /** Find customers by an identifier. A person is listed once, whichever of its records has the identifier. Several filters must all hold. Without one: all persons, newest first; their total stops at 100,000. Needs the permission `analytics.journey.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** A value of any type: phone, e-mail, external id, cookie, ... */
          identifier?: string;
          /** Any notation; national numbers with the organization's region */
          phone?: string;
          email?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Customer"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/customers/duplicates": {
    parameters: NoParameters;
    /** Likely duplicates with reasons, the likeliest first. Compares the newest 20,000 phones and e-mails and the devices that several people used. Nothing is merged because of this list, and pairs that were taken apart are not in it. Needs the permission `analytics.journey.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.LikelyDuplicate"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/customers/merge": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Merge two customers into one person. Adds links; facts stay on their records and finished attribution runs do not change. Keep merge_id: it takes the merge back. Needs the permission `analytics.journey.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.CustomerMergeInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.CustomerMerge"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/customers/{customer_id}": {
    parameters: NoParameters;
    /** Get a customer: identifiers, linked records, merges, first and last seen, counts. Needs the permission `analytics.journey.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          customer_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.CustomerDetail"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/customers/{customer_id}/erase": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Erase a person. Starts a durable process that removes identifiers and texts everywhere; pseudonymous touches stay, so credit does not change. Asked again, it answers the first request with its certificate. Needs the permission `analytics.journey.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          customer_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PrivacyRequest"];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PrivacyRequest"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/customers/{customer_id}/export": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Export a person's data. Starts a durable process; read its state under /privacy-requests/{request_id} and the file under /privacy-requests/{request_id}/export. Needs the permission `data.export`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          customer_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PrivacyRequest"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/customers/{customer_id}/journey": {
    parameters: NoParameters;
    /** Customer journey: interactions, conversions and credits in time order. Shows the whole person: all linked records, whichever of their ids is asked for. Credits come from the run named by run_id, else from the newest published run that credited a conversion of the page. Needs the permission `analytics.journey.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          run_id?: string;
          /** Further kinds of entries in the timeline, separated by commas: events, page_views */
          include?: string;
        };
        header?: never;
        path: {
          customer_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.CustomerJourney"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/customers/{customer_id}/unmerge": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Undo a merge exactly. Records group as they did without the merge; facts that came since stay on the record that they named. Identifiers that are shared later do not join the two again. Needs the permission `analytics.journey.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          customer_id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.CustomerUnmergeInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.CustomerUnmerge"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/dashboard/activity": {
    parameters: NoParameters;
    /** Recent activity: runs, uploads, changes of people and settings; newest first. Needs the permission `reports.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** attribution_run, upload, user … */
          entity_type?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Activity"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/dashboard/overview": {
    parameters: NoParameters;
    /** Home screen: greeting, total revenue, conversions, attribution runs, active campaigns. Counts facts as they are now; the run that analytics would show for the same days is named for reference. Needs the permission `reports.view`. */
    get: {
      parameters: {
        query?: {
          /** First day; the 30th before the last one unless given */
          start_date?: string;
          /** Last day, inclusive; today unless given */
          end_date?: string;
          /** Whose days these are; the organization’s unless given */
          timezone?: string;
          /** previous: the period of the same length right before, too */
          compare?: "previous";
          /** Amounts are shown in it where rates are known; the organization’s unless given */
          currency?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.DashboardOverview"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/events": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Ingest a real-time event (form submission, button click, video view, download, custom). Without identifiers an event belongs to whoever is named in its session, before or after. An external_id that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.EventInput"] | components['schemas']["v1.EventInput"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: (components['schemas']["BulkRow"] & components['schemas']["v1.BehaviorReceipt"] | components['schemas']["BulkRow"])[];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.BehaviorReceipt"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/exchange-rates": {
    parameters: NoParameters;
    /** List exchange rates, newest day first. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          sort?: "effective_on" | "-effective_on";
          from_currency?: string;
          to_currency?: string;
          start_date?: string;
          /** Inclusive */
          end_date?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ExchangeRate"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Store up to 1,000 exchange rates, replacing those of the same pair and day. Analytics converts an amount with the newest rate at or before its day (UTC), also with one of the other direction, and lists the rates it used. Without one, amounts of different currencies are never added. Needs the permission `data.ingest`. */
    put: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.ExchangeRatesInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                created: number;
                updated: number;
                rates: components['schemas']["v1.ExchangeRate"][];
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Store an exchange rate of a day. Analytics converts an amount with the newest rate at or before its day (UTC), also with one of the other direction, and lists the rates it used. Without one, amounts of different currencies are never added. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.ExchangeRateInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ExchangeRate"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/exchange-rates/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Delete an exchange rate; the one before it counts again. Needs the permission `data.ingest`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/integrations": {
    parameters: NoParameters;
    /** List integrations, newest first. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          platform?: string;
          status?: "pending" | "connected" | "needs_reauth" | "error" | "disabled";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Integration"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create an integration; the secret of its webhooks is shown once. Nothing is called yet: the first sync shows whether it works. Calls come in at `POST /v1/webhooks/convin` or `/v1/webhooks/telephony`, signed with the secret. A platform may be there several times. Needs the permission `integrations.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.IntegrationInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.IntegrationCreated"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/integrations/{id}": {
    parameters: NoParameters;
    /** Get an integration; credentials are never shown. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Integration"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Update an integration (partial): its sync configuration, its credentials, whether it is active. Each setting that is named replaces its old value, null takes it away. Needs the permission `integrations.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.IntegrationChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Integration"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Remove an integration: its syncs end, its credentials are wiped; what came in by it stays. Needs the permission `integrations.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/integrations/{id}/rotate-secret": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Give an integration a new webhook secret; the old one counts on for an overlap. The body may be left out: the overlap is then 24 hours. With 0 the old secret ends at once. The new one is shown once. Needs the permission `integrations.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["v1.IntegrationSecretRotation"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.IntegrationCreated"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/integrations/{id}/status": {
    parameters: NoParameters;
    /** How an integration is: its health, its syncs, its errors, how far both sides are apart. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.IntegrationStatus"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/integrations/{id}/sync": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Start a sync. The body may be left out: what has changed since the last sync is read. GET /integrations/{id}/syncs shows how it goes. Needs the permission `integrations.sync`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": components['schemas']["v1.IntegrationSyncInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.IntegrationSync"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/integrations/{id}/syncs": {
    parameters: NoParameters;
    /** List the syncs of an integration, newest first. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "pending" | "running" | "completed" | "failed" | "cancelled";
          trigger?: "manual" | "schedule" | "webhook" | "connect" | "change";
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.IntegrationSync"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/interactions": {
    parameters: NoParameters;
    /** List interactions, newest first, without voided ones. The total is exact up to 100,000 and stays there beyond; narrow the dates to look further. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** First day, in the organization's time zone */
          start_date?: string;
          /** Last day, inclusive */
          end_date?: string;
          /** One or more of channel, purchase_probability, started_at, created_at; - in front for descending. */
          sort?: string;
          /** Conditions like and(eq(field,value),within_last(field,30d)), or the same as JSON. Fields: id (uuid), external_interaction_id (text), customer_id (uuid), channel (text), direction (enum), language (text), primary_intent (text), purchase_probability (number), vendor_id (uuid), vendor_code (text), campaign (text), content_id (text), click_id (text), cost (money), cost_currency (text), started_at (timestamp), ended_at (timestamp), created_at (timestamp), updated_at (timestamp), participants (relation). */
          filter?: string;
          q?: string;
          channel?: string;
          vendor_id?: string;
          vendor_code?: string;
          agent_id?: string;
          /** Any record of a person stands for all linked ones */
          customer_id?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Interaction"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Ingest one customer interaction (call, email, chat, ...). Stores a touchpoint and resolves its customer: strong identifiers (phone, email, external_id) of different records link them. An external id that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.InteractionInput"] | components['schemas']["v1.InteractionInput"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: (components['schemas']["BulkRow"] & components['schemas']["v1.InteractionReceipt"] | components['schemas']["BulkRow"])[];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.InteractionReceipt"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/interactions/{id}": {
    parameters: NoParameters;
    /** Get an interaction, also a voided one. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Interaction"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Correct an interaction (partial); the old version is kept. Absent fields stay as they are, null takes an optional one away. Runs that were executed before keep their input; new ones read the new version. The external id cannot change. Needs the permission `data.ingest`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.InteractionChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Interaction"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/interactions/{id}/void": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Void an interaction: it no longer counts, its versions are kept. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.VoidInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Interaction"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/leads/customers/{customer_id}/score": {
    parameters: NoParameters;
    /** Read the latest lead score of a customer, with its history. Needs the permission `leads.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          customer_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.LeadScoreHistory"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Calculate the lead score of a customer. Of the person with all their records; a linked prospect is scored with them. Each factor names its evidence. Needs the permission `leads.score`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          customer_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.CustomerLeadScore"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/leads/high-value": {
    parameters: NoParameters;
    /** List scored leads from a threshold on, by score and purchase probability. Needs the permission `leads.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          threshold?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.HighValueLead"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/leads/models": {
    parameters: NoParameters;
    /** List scoring models, the active one first. Needs the permission `leads.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ScoringModel"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create a scoring model. Needs the permission `leads.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.ScoringModelInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ScoringModel"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/leads/models/{id}": {
    parameters: NoParameters;
    get?: never;
    /** Update or activate a scoring model (partial). Needs the permission `leads.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.ScoringModelChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ScoringModel"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/leads/predictions": {
    parameters: NoParameters;
    /** List predictions about customers, latest first. Needs the permission `leads.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          customer_id?: string;
          prediction_type?: "lead_score" | "purchase_probability";
          from?: string;
          until?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Prediction"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Predict how likely a customer buys. Learned from the customers of the past year: naive Bayes over six signs in the 30 days before they bought, or before their last touch. The answer names the base rate and by what each sign multiplies the odds. Needs the permission `leads.score`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.PredictionInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Prediction"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/leads/route": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Route scored leads without an owner to the people of a team. The best lead first, each to whoever has the fewest open leads. Needs the permission `leads.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.RouteLeadsInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                assigned: {
                  prospect_id: string;
                  score: number;
                  owner_id: string;
                }[];
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/organization/beacon": {
    parameters: NoParameters;
    /** Get the origins whose pages may send. Needs the permission `integrations.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.BeaconSettings"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Set the origins whose pages may send. The whole list: scheme, host and port of each. An empty list lets no page send. Needs the permission `integrations.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.BeaconSettingsInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.BeaconSettings"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/page-views": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Track one page view. Without identifiers a page view belongs to whoever is named in its session, before or after. An external_id that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.PageViewInput"] | components['schemas']["v1.PageViewInput"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: (components['schemas']["BulkRow"] & components['schemas']["v1.BehaviorReceipt"] | components['schemas']["BulkRow"])[];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.BehaviorReceipt"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/permissions": {
    parameters: NoParameters;
    /** List all permissions in their groups. Needs the permission `roles.view`. */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PermissionGroup"][];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/permissions/explain": {
    parameters: NoParameters;
    /** Why somebody may or may not do something. About yourself everybody may ask; about another user or key it needs users.view. Open to every credential of the organization. */
    get: {
      parameters: {
        query: {
          /** Code name */
          permission: string;
          /** A user or an API key; absent: yourself */
          actor_id?: string;
          /** The team whose data it is about */
          team_id?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PermissionExplanation"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/privacy-requests/{request_id}": {
    parameters: NoParameters;
    /** Get an export or erasure: state and certificate. Needs the permission `analytics.journey.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          request_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.PrivacyRequest"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/privacy-requests/{request_id}/export": {
    parameters: NoParameters;
    /** Download a person's exported data as JSON. Needs the permission `data.export`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          request_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/realtime/calls": {
    parameters: NoParameters;
    /** List the calls that telephony tells of, the latest first. Those that go on: `status=live`. Calls come in at POST /v1/webhooks/convin and /v1/webhooks/telephony. Needs the permission `realtime.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          status?: "live" | "ended";
          source?: string;
          call_id?: string;
          agent_external_id?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.LiveCall"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/realtime/calls/stream": {
    parameters: NoParameters;
    /** The calls that go on, as server-sent events. An event `calls` with up to 200 calls whenever something has changed, at most one a second; without changes a comment every 15 seconds. Up to 20 streams of an organization are open at once. Needs the permission `realtime.view`. */
    get: {
      parameters: {
        query?: {
          /** After which the stream ends */
          max_seconds?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/event-stream": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/realtime/calls/{id}": {
    parameters: NoParameters;
    /** Get a call that telephony tells of. Needs the permission `realtime.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.LiveCall"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/roles": {
    parameters: NoParameters;
    /** List roles by number: the default ones Admin, Agent, User, Viewer first. Needs the permission `roles.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          is_default?: "true" | "false";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Role"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create a role. A role may hold only permissions that its creator holds, else 403 PERMISSION_ESCALATION. Needs the permission `roles.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.RoleInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Role"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/roles/{id}": {
    parameters: NoParameters;
    /** Get a role with its permissions. Needs the permission `roles.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id or number */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Role"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Update a role (partial). Takes effect for everybody who has it within a second or two. Default roles cannot be edited (409). The example needs a role of your own. Needs the permission `roles.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          /** Id or number */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.RoleChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Role"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a role that nobody has. Default roles stay (409), and so does a role that somebody still has (409). Needs the permission `roles.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id or number */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/spend": {
    parameters: NoParameters;
    /** List spend records, newest day first, without voided ones. The total is exact up to 100,000 and stays there beyond; narrow the dates to look further. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          start_date?: string;
          /** Inclusive */
          end_date?: string;
          sort?: "date" | "-date";
          channel?: string;
          campaign?: string;
          vendor_id?: string;
          vendor_code?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Spend"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Ingest cost of a day by channel, vendor and campaign. The same line twice (external id, else day, channel, vendor and campaign) is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.SpendInput"] | components['schemas']["v1.SpendInput"][];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: (components['schemas']["BulkRow"] & components['schemas']["v1.SpendReceipt"] | components['schemas']["BulkRow"])[];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.SpendReceipt"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/spend/{id}": {
    parameters: NoParameters;
    /** Get a spend record, also a voided one. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Spend"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Correct a spend record (partial); the old version is kept. Needs the permission `data.ingest`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.SpendChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Spend"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/spend/{id}/void": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Void a spend record: it no longer counts, its versions are kept. Needs the permission `data.ingest`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.VoidInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Spend"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/teams": {
    parameters: NoParameters;
    /** List teams with the teams inside them and member counts. Needs the permission `teams.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          vendor_id?: string;
          /** Part of the name of a team or of one inside it */
          q?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Team"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create a team, or a team inside another one. Two levels: parent_team_id (id or number) names a top-level team. Needs the permission `teams.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.TeamInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.TeamDetail"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/teams/{id}": {
    parameters: NoParameters;
    /** Get a team with its members, the teams inside it and its vendor. Needs the permission `teams.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id or number */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.TeamDetail"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Update a team (partial). A null parent_team_id makes it a top-level team; settings are replaced as a whole. Needs the permission `teams.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          /** Id or number */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.TeamChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.TeamDetail"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a team; members, agents and the teams inside it move to another one. A team that is not empty needs the team that takes them, as `?transfer_to=` or in the body (409 TEAM_NOT_EMPTY otherwise). All in one transaction. Needs the permission `teams.delete`. */
    delete: {
      parameters: {
        query?: {
          /** Id or number of the team that takes members, agents and sub-teams */
          transfer_to?: string;
        };
        header?: never;
        path: {
          /** Id or number */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": {
            transfer_to_team_id?: number | string;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
                transferred_to: string | null;
                members_moved: number;
                agents_moved: number;
                sub_teams_moved: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/teams/{id}/members": {
    parameters: NoParameters;
    /** List the members of a team. Needs the permission `teams.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          include_sub_teams?: "true" | "false";
        };
        header?: never;
        path: {
          /** Id or number */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.User"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Add users to a team. Everybody is in one team, so this takes them out of the one they were in. The example needs ids of your own users. Needs the permission `teams.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          /** Id or number */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.TeamMembersInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.TeamMembersAdded"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/teams/{id}/members/{user_id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Remove a member from a team. Leaves the person without a team; their access stays as it is. Needs the permission `teams.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id or number */
          id: string;
          user_id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                team_id: string;
                user_id: string;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/uploads": {
    parameters: NoParameters;
    /** Data library: list uploads, newest first. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          kind?: "interactions" | "conversions" | "spend" | "agents" | "vendors" | "users" | "prospects" | "intent_signals";
          status?: "pending" | "running" | "completed" | "failed" | "cancelled" | "undoing" | "undone";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Upload"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Upload a CSV or JSON lines file and import its rows. A form with the field `file`, or the file itself as the body with the fields as query parameters. The import runs as a durable process: follow it at its own path. A row has the same rules as the API; a bad one is reported with its line and stops no other. Needs the permission `data.upload`. */
    post: {
      parameters: {
        query?: {
          kind?: "interactions" | "conversions" | "spend" | "agents" | "vendors" | "users" | "prospects" | "intent_signals";
          /** JSON object of column: field; null leaves a column out. Absent: columns are recognised by their names */
          mapping?: string;
          /** Check every row and store none */
          dry_run?: "true" | "false";
          /** For a body that is the file */
          file_name?: string;
        };
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "multipart/form-data": {
            file: Blob;
            kind?: "interactions" | "conversions" | "spend" | "agents" | "vendors" | "users" | "prospects" | "intent_signals";
            /** JSON object of column: field; null leaves a column out. Absent: columns are recognised by their names */
            mapping?: string;
            /** Check every row and store none */
            dry_run?: "true" | "false";
          };
          "text/csv": string;
          "application/x-ndjson": string;
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Upload"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/uploads/{id}": {
    parameters: NoParameters;
    /** Get an upload: status, progress, counts and its first errors. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Upload"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/uploads/{id}/cancel": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Cancel an import. It ends between two batches; rows that are stored stay until the upload is undone. Needs the permission `data.upload`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Upload"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/uploads/{id}/errors": {
    parameters: NoParameters;
    /** Refused and skipped rows of an upload as a CSV file. Columns line, field, code, message. Cells that a spreadsheet would run as formulas are defused. Needs the permission `data.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "text/csv": string;
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/uploads/{id}/preview": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Preview an upload: first rows, mapping suggestions and problems. Tries the first rows as the import would, and stores nothing. Needs the permission `data.upload`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          "application/json": {
            /** Tried instead of the mapping of the upload */
            mapping?: Record<string, string | null>;
          };
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.UploadPreview"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/uploads/{id}/undo": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Undo an import. Takes back what the upload created (facts are voided, agents, vendors and people deleted) and gives the records that it changed what they held before. What somebody changed or used since stays and is counted in `kept_after_undo`. Runs as a durable process. Needs the permission `data.upload`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Upload"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/use-cases": {
    parameters: NoParameters;
    /** List use cases, newest first. Needs the permission `use_cases.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.UseCase"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create a use case: a preset of attribution runs. A run that names it by use_case_id takes over what its own configuration does not say. Needs the permission `use_cases.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.UseCaseInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.UseCase"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/use-cases/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Delete a use case; runs that were created with it keep their configuration. Needs the permission `use_cases.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/users": {
    parameters: NoParameters;
    /** List users. Deleted ones are left out. A role that is limited to teams sees the people in these. Needs the permission `users.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          /** Id or number; with the teams inside it */
          team_id?: string;
          /** Id, number or name */
          role_id?: string;
          user_type?: "product_user" | "observer";
          status?: "active" | "inactive";
          manager_id?: string;
          /** Part of a name or e-mail */
          q?: string;
          sort?: "name" | "-name" | "email" | "-email" | "created_at" | "-created_at";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.User"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create a user. Role and team by id or number; without a role it is 3 (User). Nobody gives a role that holds more than they do (403 PERMISSION_ESCALATION). An e-mail belongs to one person in the whole product (409 EMAIL_TAKEN). Needs the permission `users.create`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.UserInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.User"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/users/bulk": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Create users from CSV. The file as a form with the field `file`, as a body of text/csv with the header email,name,phone,role_id,team_id,user_type,location, or a JSON array of such objects. Up to 1,000 rows are answered at once, each with its own outcome (200); more become an import (201), to be followed at /v1/uploads/{id}. Either can be undone there. Needs the permission `users.create`. */
    post: {
      parameters: {
        query?: {
          /** JSON object of column: field; null leaves a column out. Absent: columns are recognised by their names */
          mapping?: string;
          /** Check every row and store none */
          dry_run?: "true" | "false";
          /** For a body that is the file */
          file_name?: string;
        };
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "multipart/form-data": {
            file: Blob;
            /** JSON object of column: field; null leaves a column out. Absent: columns are recognised by their names */
            mapping?: string;
            /** Check every row and store none */
            dry_run?: "true" | "false";
          };
          "text/csv": string;
          "application/x-ndjson": string;
          "application/json": Record<string, unknown>[];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.BulkUsers"];
              message: string;
            };
          };
        };
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.BulkUsers"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/users/login": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Sign in with e-mail address and password. The access token lives 15 minutes; the refresh token is exchanged for new ones until the session ends (JWT_EXPIRATION, 7 days). After ten failures in 15 minutes an address, known or not, rests for 15 minutes. An X-Tenant-ID that is sent must be the organization of the person. Needs no credential. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.LoginInput"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.SignedIn"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/users/register": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Create an organization and its first administrator. The new organization has the roles Admin, Agent, User and Viewer (numbers 1 to 4) and team 1. One e-mail address is one person, in whichever organization. Needs no credential. */
    post: {
      parameters: NoParameters;
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.RegisterInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.SignedIn"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/users/{id}": {
    parameters: NoParameters;
    /** Get a user, or your own profile. About yourself without any permission; about others with users.view. Open to every credential of the organization. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.User"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Update a user, or your own profile (partial). People change their own name, password (with current_password), time zone and language; the rest needs users.edit, and nobody changes somebody who holds more than they do. Your own e-mail is read-only. The last active admin stays one (409 LAST_ADMIN). Open to every credential of the organization. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.UserChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.User"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a user. Ends the access for good and frees the e-mail; what the person did keeps its history. Needs the permission `users.delete`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/vendors": {
    parameters: NoParameters;
    /** List vendors by code. Needs the permission `vendors.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.Vendor"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create a vendor. An interaction that names an unknown vendor_code creates its vendor too. Needs the permission `vendors.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.VendorInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.VendorDetail"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/vendors/{id}": {
    parameters: NoParameters;
    /** Get a vendor with its teams, costs and volume. Needs the permission `vendors.view`. */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.VendorDetail"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    /** Update a vendor (partial). Absent fields stay as they are, null takes a cost away. The code cannot change. Needs the permission `vendors.edit`. */
    put: {
      parameters: {
        query?: never;
        header?: {
          /** The ETag that was read; a newer version answers 412. */
          "If-Match"?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.VendorChanges"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.VendorDetail"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    post?: never;
    patch?: never;
    /** Delete a vendor that nothing refers to. Needs the permission `vendors.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: {
                id: string;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        412: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/v1/webhooks/convin": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Receive an event of a call from Convin. `X-Convin-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, at most five minutes old, or the secret itself as `Authorization: Bearer`. The secret is that of the integration. Events may come in any order, more than once, late, or not at all: the call is always what the newest word on each field says. TELEPHONY_INTEGRATION_GUIDE.md has examples that work. Needs no credential. */
    post: {
      parameters: {
        query?: {
          /** The organization, where X-Tenant-ID cannot be sent */
          tenant_id?: string;
          /** One of several integrations of the platform */
          integration_id?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.CallEvent"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.WebhookReceipt"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/webhooks/received": {
    parameters: NoParameters;
    /** List the webhooks that others have sent here, newest first. Kept for a month after they were worked off. What they said is not shown. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
          source?: string;
          type?: string;
          status?: "waiting" | "processed";
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.ReceivedWebhook"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/webhooks/telephony": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    /** Receive an event of a call. Signed as Standard Webhooks says (`webhook-id`, `webhook-timestamp`, `webhook-signature`), or by `X-Timestamp` and `X-Signature: <hex HMAC-SHA256 of "timestamp.body">`, at most five minutes old, or the secret itself as `Authorization: Bearer`. The secret is that of the integration. Events may come in any order, more than once, late, or not at all: the call is always what the newest word on each field says. TELEPHONY_INTEGRATION_GUIDE.md has examples that work. Needs no credential. */
    post: {
      parameters: {
        query?: {
          /** The organization, where X-Tenant-ID cannot be sent */
          tenant_id?: string;
          /** One of several integrations of the platform */
          integration_id?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.CallEvent"];
        };
      };
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.WebhookReceipt"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/write-keys": {
    parameters: NoParameters;
    /** List the keys of the web beacon, newest first. Needs the permission `integrations.view`. */
    get: {
      parameters: {
        query?: {
          page?: number;
          limit?: number;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.WriteKey"][];
              pagination: {
                page: number;
                limit: number;
                total: number;
                pages: number;
              };
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    put?: never;
    /** Create a public key for the web beacon. Pages send with it only from the origins of `PUT /v1/organization/beacon`. Needs the permission `integrations.edit`. */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike. */
          "Idempotency-Key"?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          "application/json": components['schemas']["v1.WriteKeyInput"];
        };
      };
      responses: {
        201: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.WriteKey"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        409: Refused<components['schemas']["v1.Error"]>;
        413: Refused<components['schemas']["v1.Error"]>;
        415: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
    patch?: never;
    delete?: never;
  };
  "/v1/write-keys/{id}": {
    parameters: NoParameters;
    get?: never;
    put?: never;
    post?: never;
    patch?: never;
    /** Revoke a key of the web beacon for good. Takes effect within a second or two. A key that is revoked already stays as it is. Needs the permission `integrations.edit`. */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": {
              data: components['schemas']["v1.WriteKey"];
              message: string;
            };
          };
        };
        400: Refused<components['schemas']["v1.Error"]>;
        401: Refused<components['schemas']["v1.Error"]>;
        403: Refused<components['schemas']["v1.Error"]>;
        404: Refused<components['schemas']["v1.Error"]>;
        429: Refused<components['schemas']["v1.Error"]>;
        500: Refused<components['schemas']["v1.Error"]>;
        503: Refused<components['schemas']["v1.Error"]>;
      };
    };
  };
  "/health": {
    parameters: NoParameters;
    /** Health of the whole system */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": Record<string, unknown>;
          };
        };
        503: {
          headers: Record<string, unknown>;
          content: {
            "application/json": Record<string, unknown>;
          };
        };
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/ready": {
    parameters: NoParameters;
    /** May this process receive requests? */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": Record<string, unknown>;
          };
        };
        503: {
          headers: Record<string, unknown>;
          content: {
            "application/json": Record<string, unknown>;
          };
        };
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/live": {
    parameters: NoParameters;
    /** Is this process alive? */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": Record<string, unknown>;
          };
        };
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/v1/openapi.json": {
    parameters: NoParameters;
    /** This document */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": Record<string, unknown>;
          };
        };
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
  "/api/v1/openapi.json": {
    parameters: NoParameters;
    /** This document */
    get: {
      parameters: NoParameters;
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: {
            "application/json": Record<string, unknown>;
          };
        };
      };
    };
    put?: never;
    post?: never;
    patch?: never;
    delete?: never;
  };
}

export interface components {
  schemas: {
    "v1.Error": {
      error: string;
      /** Stable; branch on it. */
      code: string;
      /** The first issue on top, all of them in `issues`; further facts as the code needs them. */
      details?: {
        field?: string;
        value?: unknown;
        issues?: {
          field: string;
          message: string;
          value?: unknown;
        }[];
      };
      /** What to do next. */
      hint?: string;
      request_id: string;
    };
    "apiV1.Error": {
      success: false;
      error: {
        /** Stable; branch on it. */
        code: string;
        message: string;
        /** The first issue on top, all of them in `issues`; further facts as the code needs them. */
        details?: {
          field?: string;
          value?: unknown;
          issues?: {
            field: string;
            message: string;
            value?: unknown;
          }[];
        };
        /** What to do next. */
        hint?: string;
        requestId: string;
      };
    };
    BulkRow: {
      /** Position in the array that was sent. */
      index: number;
      status: "created" | "duplicate" | "invalid";
      /** Of the stored row; of a duplicate, the row that was first. */
      id?: string;
      error?: {
        /** Stable; branch on it. */
        code: string;
        message: string;
        field?: string;
        value?: unknown;
        issues?: {
          field: string;
          message: string;
          value?: unknown;
        }[];
      };
    };
    "apiV1.AcceptInvitationInput": {
      /** Split at the first space; or send firstName and lastName */
      name?: string;
      firstName?: string;
      lastName?: string | null;
      /** At least 8 characters, at most 256; refused when anybody would try it first */
      password: string;
    };
    "apiV1.Account": {
      id: string;
      name: string;
      domain: string | null;
      industry: string | null;
      employeeCount: number | null;
      annualRevenue: number | null;
      location: string | null;
      phone: string | null;
      website: string | null;
      description: string | null;
      parentAccountId: string | null;
      lifecycleStage: "MQL" | "SQL" | "Opportunity" | "Customer" | null;
      isTarget: boolean;
      engagementScore: number | null;
      leadScore: number | null;
      healthScore: number | null;
      customerId: string | null;
      source: string | null;
      ownerId: string | null;
      teamId: string | null;
      custom: Record<string, unknown>;
      mergedIntoId: string | null;
      deletedAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.AccountChanges": {
      name?: string;
      domain?: string | null;
      industry?: string | null;
      employeeCount?: number | null;
      annualRevenue?: number | null;
      location?: string | null;
      phone?: string | null;
      website?: string | null;
      description?: string | null;
      parentAccountId?: string | null;
      lifecycleStage?: "MQL" | "SQL" | "Opportunity" | "Customer" | null;
      isTarget?: boolean;
      source?: string | null;
      ownerId?: string | null;
      teamId?: string | null;
      /** Custom fields of the organization, by key; null takes one away */
      custom?: Record<string, unknown>;
    };
    "apiV1.AccountDetail": {
      id: string;
      name: string;
      domain: string | null;
      industry: string | null;
      employeeCount: number | null;
      annualRevenue: number | null;
      location: string | null;
      phone: string | null;
      website: string | null;
      description: string | null;
      parentAccountId: string | null;
      lifecycleStage: "MQL" | "SQL" | "Opportunity" | "Customer" | null;
      isTarget: boolean;
      engagementScore: number | null;
      leadScore: number | null;
      healthScore: number | null;
      customerId: string | null;
      source: string | null;
      ownerId: string | null;
      teamId: string | null;
      custom: Record<string, unknown>;
      mergedIntoId: string | null;
      deletedAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      /** What research found out about the company */
      profile: {
        summary: string | null;
        facts: Record<string, unknown>;
        source: string | null;
        researchedAt: string | null;
      } | null;
    };
    "apiV1.AccountHealth": {
      accountId: string;
      score: number;
      level: "good" | "fair" | "poor";
      factors: ({
        factor: "activity_recency" | "engagement" | "deals" | "contacts";
        points: number;
        of: number;
        evidence: Record<string, number | null>;
      })[];
      computedAt: string;
    };
    "apiV1.AccountInput": {
      name: string;
      domain?: string | null;
      industry?: string | null;
      employeeCount?: number | null;
      annualRevenue?: number | null;
      location?: string | null;
      phone?: string | null;
      website?: string | null;
      description?: string | null;
      parentAccountId?: string | null;
      lifecycleStage?: "MQL" | "SQL" | "Opportunity" | "Customer" | null;
      isTarget?: boolean;
      source?: string | null;
      ownerId?: string | null;
      teamId?: string | null;
      /** Custom fields of the organization, by key; null takes one away */
      custom?: Record<string, unknown>;
    };
    "apiV1.AccountIntent": {
      accountId: string;
      /** 0 to 100, of this moment */
      score: number;
      tier: "low" | "warm" | "hot" | "burning";
      /** Against a week before: 5 points more or less */
      trend: "increasing" | "stable" | "decreasing";
      /** A week before */
      scoreBefore: number;
      computedAt: string;
      signals: ({
        id: string;
        type: "website_visit" | "linkedin_view" | "linkedin_engagement" | "job_posting" | "technographic_change" | "funding" | "news_mention" | "email_engagement" | "call_intent" | "form_submission" | "research_activity";
        topic: string | null;
        source: string;
        sourceKey: string | null;
        prospectId: string | null;
        accountId: string | null;
        strength: number;
        halfLifeDays: number;
        title: string | null;
        url: string | null;
        data: Record<string, unknown>;
        occurredAt: string;
        expiresAt: string;
        createdAt: string;
        /** Of a prospect: what happened at the company has level 'account' */
        level: "prospect" | "account";
        /** What is left of the strength */
        worth: number;
        /** Part of the score; all parts add up to 1 */
        share: number;
      })[];
      history: ({
        score: number;
        tier: "low" | "warm" | "hot" | "burning";
        signals: number;
        reason: "signal" | "time";
        computedAt: string;
      })[];
      /** Visitors of the last 30 days */
      visitors: number;
      prospects: ({
        prospectId: string;
        name: string | null;
        title: string | null;
        score: number;
        tier: "low" | "warm" | "hot" | "burning";
      })[];
    };
    "apiV1.AccountMerge": {
      mergeId: string;
      sourceId: string;
      targetId: string;
      /** How many rows of each kind name the target now */
      moved: Record<string, number>;
      /** Fields that the target lacked and took over */
      filled: string[];
      account: components['schemas']["apiV1.AccountDetail"];
    };
    "apiV1.AccountOrganization": {
      id: string;
      name: string;
      plan: string;
    };
    "apiV1.AccountRevenue": {
      accountId: string;
      byCurrency: ({
        currency: string;
        won: number;
        wonDeals: number;
        open: number;
        openDeals: number;
        /** Open amounts by their probability */
        weighted: number;
        lost: number;
        lostDeals: number;
        /** Null before a run has completed */
        attributed: number | null;
      })[];
      run: {
        id: string;
        modelCode: string;
      } | null;
    };
    "apiV1.AccountUnmerge": {
      mergeId: string;
      sourceId: string;
      targetId: string;
      /** How many rows of each kind went back */
      restored: Record<string, number>;
      /** Changed since the merge: stays as it is */
      kept: {
        fields: string[];
        records: Record<string, number>;
      };
      undoneAt: string;
      /** The source, back again */
      account: components['schemas']["apiV1.AccountDetail"];
    };
    "apiV1.AccountUser": {
      id: string;
      email: string;
      firstName: string | null;
      lastName: string | null;
      /** Base level: admin, user or viewer */
      role: string;
      teamId: string | null;
    };
    "apiV1.Activity": {
      id: string;
      type: "email_sent" | "email_received" | "call_made" | "call_received" | "meeting_scheduled" | "meeting_completed" | "linkedin_interaction" | "note_added" | "status_changed" | "task_completed" | "deal_stage_changed" | "record_changed";
      subject: string | null;
      notes: string | null;
      occurredAt: string;
      prospectId: string | null;
      accountId: string | null;
      dealId: string | null;
      userId: string | null;
      userName: string | null;
      /** What it tells of: call_log, meeting, task … */
      sourceType: string | null;
      sourceId: string | null;
      data: Record<string, unknown>;
      createdAt: string;
    };
    "apiV1.ActivityInput": {
      type: "email_sent" | "email_received" | "call_made" | "call_received" | "meeting_scheduled" | "meeting_completed" | "linkedin_interaction" | "note_added";
      subject?: string | null;
      notes?: string | null;
      /** Default: now */
      occurredAt?: string;
      prospectId?: string | null;
      accountId?: string | null;
      dealId?: string | null;
    };
    "apiV1.ActivityReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      totals: {
        callsMade: number;
        emailsSent: number;
        meetingsScheduled: number;
        linkedinMessages: number;
        smsSent: number;
        tasksCompleted: number;
      };
      users: ({
        userId: string | null;
        name: string | null;
        callsMade: number;
        emailsSent: number;
        meetingsScheduled: number;
        linkedinMessages: number;
        smsSent: number;
        tasksCompleted: number;
      })[];
    };
    "apiV1.AgentMetrics": {
      startDate: string;
      endDate: string;
      teams: ({
        teamId: string | null;
        teamName: string | null;
        leadsContacted: number;
        messagesSent: number;
        replies: number;
        meetingsBooked: number;
        handoffsCreated: number;
        handoffsAccepted: number;
        /** Of the leads contacted; null when there are none */
        responseRate: number | null;
        /** Of the leads contacted; null when there are none */
        handoffRate: number | null;
        modelCostUsd: number;
      })[];
      totals: {
        teamId: string | null;
        teamName: string | null;
        leadsContacted: number;
        messagesSent: number;
        replies: number;
        meetingsBooked: number;
        handoffsCreated: number;
        handoffsAccepted: number;
        /** Of the leads contacted; null when there are none */
        responseRate: number | null;
        /** Of the leads contacted; null when there are none */
        handoffRate: number | null;
        modelCostUsd: number;
      };
    };
    "apiV1.AiModels": {
      models: ({
        id: string;
        label: string;
        provider: "openai" | "anthropic" | "google" | "offline";
        model: string;
        quality: number;
        /** Per million tokens; null: not known */
        inputUsdPerMillion: number | null;
        outputUsdPerMillion: number | null;
        cachedUsdPerMillion: number | null;
        /** Null: not known; counted against the budget at a rate dearer than any */
        price: {
          effectiveFrom: string;
          source: string;
          checkedOn: string;
        } | null;
        calls: number;
        failed: number;
        costUsd: number;
        /** Calls of unknown price; they count against the budget at the dearest rate */
        unpriced: number;
      })[];
      routes: ({
        purpose: "write" | "draft" | "research" | "classify" | "qualify" | "insight";
        models: string[];
      })[];
      budget: {
        month: string;
        limitUsd: number;
        spentUsd: number;
        reservedUsd: number;
      };
    };
    "apiV1.ApiKey": {
      id: string;
      name: string;
      /** The visible beginning of the secret */
      prefix: string;
      scopes: string[];
      status: "active" | "revoked" | "expired";
      /** The owner: the key never holds more than they do */
      userId: string | null;
      userEmail: string | null;
      /** Requests per hour; null takes the general limit */
      rateLimit: number | null;
      requestCount: number;
      lastUsedAt: string | null;
      expiresAt: string | null;
      /** Until then a secret from before a rotation works as well */
      previousKeyExpiresAt: string | null;
      revokedAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.ApiKeyInput": {
      name: string;
      scopes: ("prospects:read" | "prospects:write" | "deals:read" | "deals:write" | "emails:send" | "search:read" | "webhooks:manage" | "analytics.agents.view" | "analytics.agents.edit" | "analytics.vendors.view" | "analytics.vendors.edit" | "analytics.intents.view" | "analytics.intents.edit" | "analytics.journey.view" | "analytics.journey.edit" | "mmm.view" | "mmm.run" | "mmm.edit" | "abm.view" | "abm.edit" | "leads.view" | "leads.score" | "leads.edit" | "cohorts.view" | "cohorts.compute" | "realtime.view" | "realtime.acknowledge" | "realtime.rules" | "integrations.view" | "integrations.create" | "integrations.edit" | "integrations.delete" | "integrations.sync" | "experiments.view" | "experiments.create" | "experiments.edit" | "features.view" | "features.create" | "features.edit" | "webhooks.view" | "webhooks.manage" | "api_keys.manage" | "reports.schedule" | "reports.share" | "users.view" | "users.create" | "users.edit" | "users.delete" | "roles.view" | "roles.create" | "roles.edit" | "roles.delete" | "teams.view" | "teams.create" | "teams.edit" | "teams.delete" | "data.ingest" | "data.upload" | "data.view" | "data.export" | "attribution.view" | "attribution.create" | "attribution.execute" | "quality.view" | "fraud.view" | "fraud.detect" | "audit.view" | "vendors.view" | "vendors.edit" | "use_cases.view" | "use_cases.edit" | "reports.view" | "reports.create" | "reports.edit" | "reports.delete" | "prospects.view" | "prospects.edit" | "prospects.delete" | "accounts.view" | "accounts.edit" | "accounts.delete" | "deals.view" | "deals.edit" | "deals.delete" | "activities.view" | "activities.edit" | "activities.delete" | "tasks.view" | "tasks.edit" | "tasks.delete" | "lists.view" | "lists.edit" | "lists.delete" | "emails.view" | "emails.edit" | "emails.delete" | "emails.send" | "cadences.view" | "cadences.edit" | "cadences.delete" | "bdr.view" | "bdr.edit" | "bdr.delete" | "bdr.approve" | "bdr.configure" | "ai.view" | "ai.edit" | "ai.delete" | "intent.view" | "intent.edit" | "intent.delete" | "campaigns.view" | "campaigns.edit" | "campaigns.delete" | "tickets.view" | "tickets.edit" | "tickets.delete" | "chat.view" | "chat.edit" | "chat.delete" | "organization.view" | "organization.edit" | "organization.delete" | "billing.view" | "billing.manage" | "sso.manage")[];
      /** The owner is told seven days ahead */
      expiresAt?: string | null;
      rateLimit?: number | null;
    };
    "apiV1.ApiKeyRotation": {
      overlapSeconds?: number;
    };
    "apiV1.ApiKeyUsage": {
      keyId: string;
      name: string;
      /** Ever */
      requestCount: number;
      lastUsedAt: string | null;
      rateLimit: number | null;
      startDate: string;
      endDate: string;
      requests: number;
      failed: number;
      rateLimitHits: number;
      /** UTC days with a request */
      days: {
        date: string;
        requests: number;
        failed: number;
        rateLimitHits: number;
      }[];
      /** The 100 that were called most */
      endpoints: {
        endpoint: string;
        requests: number;
        failed: number;
        rateLimitHits: number;
      }[];
    };
    "apiV1.ApiKeyWithSecret": {
      id: string;
      name: string;
      /** The visible beginning of the secret */
      prefix: string;
      scopes: string[];
      status: "active" | "revoked" | "expired";
      /** The owner: the key never holds more than they do */
      userId: string | null;
      userEmail: string | null;
      /** Requests per hour; null takes the general limit */
      rateLimit: number | null;
      requestCount: number;
      lastUsedAt: string | null;
      expiresAt: string | null;
      /** Until then a secret from before a rotation works as well */
      previousKeyExpiresAt: string | null;
      revokedAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      /** The secret, shown here and never again */
      key: string;
    };
    "apiV1.AuditLog": {
      id: string;
      createdAt: string;
      action: string;
      outcome: "success" | "denied";
      actorKind: "user" | "api_key" | "write_key" | "anonymous" | "system";
      actorId: string | null;
      actorName: string | null;
      /** The owner of the key that acted */
      onBehalfOf: string | null;
      entityType: string;
      entityId: string | null;
      before: Record<string, unknown> | null;
      after: Record<string, unknown> | null;
      requestId: string | null;
      /** Place in the sealed chain; null in the first seconds */
      sequence: number | null;
      erasedAt: string | null;
    };
    "apiV1.AuditVerification": {
      valid: boolean;
      checked: number;
      /** Sealed rows whose contents were erased */
      erased: number;
      /** Rows of the last seconds, which no seal protects yet */
      unsealed: number;
      head: {
        sequence: number;
        hash: string;
      } | null;
      problems: ({
        kind: "row_changed" | "row_removed" | "seal_removed" | "chain_broken" | "head_mismatch" | "row_without_seal" | "known_hash_mismatch";
        sequence: number | null;
        auditLogId: string | null;
        message: string;
      })[];
      /** from_sequence of the next call; null at the end */
      nextSequence: number | null;
    };
    "apiV1.AuthNotice": {
      message: string;
    };
    "apiV1.BdrActivity": {
      id: string;
      type: string;
      summary: string;
      data: Record<string, unknown>;
      prospectId: string | null;
      executionId: string | null;
      occurredAt: string;
    };
    "apiV1.BdrConfig": {
      agentName: string;
      isActive: boolean;
      /** Grounded drafts may leave by themselves, as far as `autonomyLevel` goes */
      autoApproveMessages: boolean;
      /** A person looks at every draft; wins over `autoApproveMessages` */
      requireHumanReview: boolean;
      maxDailyTouches: number;
      maxTouchesPerProspect: number;
      minDelayBetweenTouchesHours: number;
      discoveryEnabled: boolean;
      discoveryIntervalMinutes: number;
      minIntentScore: number;
      maxNewProspectsPerDay: number;
      preferredChannels: ("email" | "linkedin" | "phone")[];
      qualificationFramework: "BANT" | "MEDDIC" | "CHAMP";
      autoQualifyThreshold: number;
      handoffThreshold: number;
      /** What the agent may say of your organization */
      offerStatements: string[];
      /** Where links in messages may lead */
      allowedHosts: string[];
      /** Pages of a prospect’s company are read, as far as their robots.txt allows */
      researchCompanySites: boolean;
      /** Hosts that may be read beside, where a site leads to them */
      researchHosts: string[];
      /** Who decides about messages; null: the admins */
      managerId: string | null;
      approvalTimeoutHours: number;
      createDealOnAccept: boolean;
      autonomyLevel: "draft_only" | "approve_all" | "approve_exceptions" | "autonomous";
      /** For all models of the organization */
      monthlyModelBudgetUsd: number;
      workingHours: components['schemas']["apiV1.BdrWorkingHours"];
      /** Null: nobody has set the agent up */
      id: string | null;
      teamId: string;
      isPaused: boolean;
      pausedAt: string | null;
      generation: number;
      version: number;
    };
    "apiV1.BdrConfigChanges": {
      agentName?: string;
      isActive?: boolean;
      /** Grounded drafts may leave by themselves, as far as `autonomyLevel` goes */
      autoApproveMessages?: boolean;
      /** A person looks at every draft; wins over `autoApproveMessages` */
      requireHumanReview?: boolean;
      maxDailyTouches?: number;
      maxTouchesPerProspect?: number;
      minDelayBetweenTouchesHours?: number;
      discoveryEnabled?: boolean;
      discoveryIntervalMinutes?: number;
      minIntentScore?: number;
      maxNewProspectsPerDay?: number;
      preferredChannels?: ("email" | "linkedin" | "phone")[];
      qualificationFramework?: "BANT" | "MEDDIC" | "CHAMP";
      autoQualifyThreshold?: number;
      handoffThreshold?: number;
      /** What the agent may say of your organization */
      offerStatements?: string[];
      /** Where links in messages may lead */
      allowedHosts?: string[];
      /** Pages of a prospect’s company are read, as far as their robots.txt allows */
      researchCompanySites?: boolean;
      /** Hosts that may be read beside, where a site leads to them */
      researchHosts?: string[];
      /** Who decides about messages; null: the admins */
      managerId?: string | null;
      approvalTimeoutHours?: number;
      createDealOnAccept?: boolean;
      autonomyLevel?: "draft_only" | "approve_all" | "approve_exceptions" | "autonomous";
      /** For all models of the organization */
      monthlyModelBudgetUsd?: number;
      workingHours?: components['schemas']["apiV1.BdrWorkingHours"];
    };
    "apiV1.BdrContext": {
      prospectId: string;
      facts: ({
        id: string;
        kind: string;
        text: string;
        values: Record<string, string>;
        sourceType: string;
        sourceId: string | null;
        /** Of a web page */
        sourceUrl: string | null;
        confidence: number;
        observedAt: string | null;
      })[];
    };
    "apiV1.BdrDashboard": {
      isActive: boolean;
      isPaused: boolean;
      activeProspects: number;
      pendingTasks: number;
      pendingApprovals: number;
      pendingHandoffs: number;
      touchesToday: number;
      touchesLeftToday: number;
      messagesSent: number;
      prospectsContacted: number;
      replies: number;
      positiveReplies: number;
      qualified: number;
      meetingsBooked: number;
      handoffsCreated: number;
      handoffsAccepted: number;
      responseRate: number | null;
      handoffRate: number | null;
    };
    "apiV1.BdrDecision": {
      id: string;
      type: string;
      decision: string;
      reasoning: string;
      evidence: string[];
      model: string | null;
      promptVersion: string | null;
      callId: string | null;
      costUsd: number | null;
      decidedBy: string | null;
      prospectId: string | null;
      executionId: string | null;
      /** What became of the work on this person */
      outcome: string | null;
      decidedAt: string;
    };
    "apiV1.BdrDiscovery": {
      prospects: ({
        prospectId: string;
        email: string | null;
        firstName: string | null;
        lastName: string | null;
        title: string | null;
        company: string | null;
        intentScore: number;
        intentTier: string;
        topSignals: string[];
      })[];
    };
    "apiV1.BdrExecution": {
      id: string;
      teamId: string;
      prospectId: string;
      generation: number;
      stage: "discovery" | "research" | "engage" | "follow_up" | "qualify" | "handoff";
      status: "active" | "completed" | "stopped" | "failed";
      outcome: "handed_off" | "disqualified" | "no_answer" | "opted_out" | "bounced" | "not_contactable" | "not_now" | "handoff_rejected" | "stopped" | "gone" | null;
      touches: number;
      nextTouchAt: string | null;
      lastTouchAt: string | null;
      lastReplyAt: string | null;
      /** When it looks again by itself */
      wakeAt: string | null;
      waitsFor: string | null;
      score: number | null;
      startedAt: string;
      endedAt: string | null;
      version: number;
    };
    "apiV1.BdrExecutionView": {
      id: string;
      teamId: string;
      prospectId: string;
      generation: number;
      stage: "discovery" | "research" | "engage" | "follow_up" | "qualify" | "handoff";
      status: "active" | "completed" | "stopped" | "failed";
      outcome: "handed_off" | "disqualified" | "no_answer" | "opted_out" | "bounced" | "not_contactable" | "not_now" | "handoff_rejected" | "stopped" | "gone" | null;
      touches: number;
      nextTouchAt: string | null;
      lastTouchAt: string | null;
      lastReplyAt: string | null;
      /** When it looks again by itself */
      wakeAt: string | null;
      waitsFor: string | null;
      score: number | null;
      startedAt: string;
      endedAt: string | null;
      version: number;
      prospectName: string | null;
      company: string | null;
      /** Where operators find it */
      processId: string;
    };
    "apiV1.BdrHandoff": {
      id: string;
      teamId: string;
      prospectId: string;
      prospectName: string | null;
      company: string | null;
      email: string | null;
      executionId: string;
      status: "pending" | "accepted" | "rejected";
      framework: string;
      score: number;
      answers: ({
        criterion: string;
        label: string;
        status: "met" | "not_met" | "unknown";
        points: number;
        /** Ids of facts of the prospect */
        evidence: string[];
        reason: string;
      })[];
      summary: string;
      nextStep: string;
      assignedTo: string | null;
      decidedBy: string | null;
      decidedAt: string | null;
      decisionReason: string | null;
      reminders: number;
      dealId: string | null;
      createdAt: string;
    };
    "apiV1.BdrHandoffAcceptance": {
      /** Default: as configured */
      createDeal?: boolean;
    };
    "apiV1.BdrHandoffDetail": {
      id: string;
      teamId: string;
      prospectId: string;
      prospectName: string | null;
      company: string | null;
      email: string | null;
      executionId: string;
      status: "pending" | "accepted" | "rejected";
      framework: string;
      score: number;
      answers: ({
        criterion: string;
        label: string;
        status: "met" | "not_met" | "unknown";
        points: number;
        /** Ids of facts of the prospect */
        evidence: string[];
        reason: string;
      })[];
      summary: string;
      nextStep: string;
      assignedTo: string | null;
      decidedBy: string | null;
      decidedAt: string | null;
      decisionReason: string | null;
      reminders: number;
      dealId: string | null;
      createdAt: string;
      conversation: ({
        direction: "sent" | "received";
        at: string;
        subject: string | null;
        text: string | null;
        /** What an answer was read as */
        intent: string | null;
      })[];
      decisions: {
        type: string;
        decision: string;
        reasoning: string;
        decidedAt: string;
      }[];
    };
    "apiV1.BdrHandoffRejection": {
      reason: string;
    };
    "apiV1.BdrLinkedDecision": {
      decision: "approve" | "reject";
      reason?: string;
    };
    "apiV1.BdrMessage": {
      id: string;
      teamId: string;
      prospectId: string;
      prospectName: string | null;
      company: string | null;
      executionId: string;
      channel: string;
      kind: "first_touch" | "follow_up" | "reply";
      touchNumber: number;
      attempt: number;
      recipient: string;
      subject: string;
      body: string;
      sentences: components['schemas']["apiV1.DraftSentence"][];
      /** What the sentences rest on, as it was stored */
      evidence: ({
        id: string;
        kind: "person" | "role" | "company" | "industry" | "size" | "location" | "profile" | "web" | "visit" | "intent" | "call" | "meeting" | "offer" | "given";
        text: string;
        source: {
          type: string;
          id: string | null;
        };
        observedAt: string | null;
        confidence: number;
      })[];
      grounded: boolean;
      reasons: components['schemas']["apiV1.DraftReason"][];
      strategy: string;
      language: string;
      edits: number;
      status: "pending" | "approved" | "sent" | "rejected" | "expired" | "cancelled";
      /** Approved, and waiting for the agent to go on */
      held: boolean;
      autoApproved: boolean;
      decidedBy: string | null;
      decidedAt: string | null;
      decisionReason: string | null;
      expiresAt: string;
      escalatedAt: string | null;
      sentAt: string | null;
      repliedAt: string | null;
      promptVersion: string;
      model: string;
      costUsd: number | null;
      createdAt: string;
      version: number;
    };
    "apiV1.BdrMessageApproval": {
      subject?: string;
      body?: string;
    };
    "apiV1.BdrMessageChanges": {
      subject?: string;
      body?: string;
    };
    "apiV1.BdrMessageRejection": {
      reason: string;
      regenerate?: boolean;
    };
    "apiV1.BdrPause": {
      reason?: string;
    };
    "apiV1.BdrPerformance": {
      days: {
        date: string;
        prospectsContacted: number;
        messagesSent: number;
        replies: number;
        positiveReplies: number;
        optOuts: number;
        bounces: number;
        qualified: number;
        meetingsBooked: number;
        handoffsCreated: number;
        handoffsAccepted: number;
        handoffsRejected: number;
        modelCostUsd: number;
      }[];
      totals: {
        prospectsContacted: number;
        messagesSent: number;
        replies: number;
        positiveReplies: number;
        optOuts: number;
        bounces: number;
        qualified: number;
        meetingsBooked: number;
        handoffsCreated: number;
        handoffsAccepted: number;
        handoffsRejected: number;
        modelCostUsd: number;
        responseRate: number | null;
        handoffRate: number | null;
        acceptanceRate: number | null;
      };
    };
    "apiV1.BdrReply": {
      text: string;
      externalId?: string;
      receivedAt?: string;
    };
    "apiV1.BdrResume": {
      reason?: string;
    };
    "apiV1.BdrStart": {
      teamId?: string;
    };
    "apiV1.BdrStop": {
      reason?: string;
    };
    "apiV1.BdrTask": {
      id: string;
      type: "research" | "draft" | "approve" | "send" | "read_reply" | "qualify" | "handoff";
      status: "pending" | "completed" | "cancelled";
      priority: number;
      scheduledAt: string;
      completedAt: string | null;
      prospectId: string;
      executionId: string;
      prospectName: string | null;
      company: string | null;
      stage: "discovery" | "research" | "engage" | "follow_up" | "qualify" | "handoff";
    };
    "apiV1.BdrWorkingHours": {
      timezone: string;
      startHour: number;
      endHour: number;
      /** 1 is Monday, 7 (or 0) Sunday */
      days: number[];
    };
    "apiV1.BestPerformers": {
      performers: {
        strategy: string;
        promptVersion: string;
        language: string;
        subject: string;
        sent: number;
        replied: number;
        replyRate: number;
        score: number;
      }[];
    };
    "apiV1.BulkEmailInput": {
      templateId?: string;
      /** Wins over the template's */
      subject?: string;
      html?: string;
      text?: string;
      variables?: Record<string, unknown>;
      /** Default: what the template says, else refuse */
      missingVariables?: "refuse" | "blank" | "keep";
      name?: string;
      recipients?: {
        email: string;
        name?: string;
        prospectId?: string;
        variables?: Record<string, unknown>;
      }[];
      listId?: string;
      segmentId?: string;
      senderId?: string;
      scheduledAt?: string;
      hourlyLimit?: number;
      domainHourlyLimit?: number;
    };
    "apiV1.BulkEmailJob": {
      id: string;
      name: string | null;
      status: "scheduled" | "running" | "paused" | "completed" | "cancelled" | "failed";
      templateId: string | null;
      senderId: string | null;
      hourlyLimit: number | null;
      domainHourlyLimit: number | null;
      scheduledAt: string | null;
      startedAt: string | null;
      completedAt: string | null;
      errorCode: string | null;
      /** People, once they are collected */
      total: number;
      /** Not planned yet */
      waiting: number;
      /** Planned: on the way, or held by a cap */
      queued: number;
      sent: number;
      failed: number;
      /** Stopped, or without an address */
      skipped: number;
      createdAt: string;
      version: number;
    };
    "apiV1.BulkEmailJobDetail": {
      id: string;
      name: string | null;
      status: "scheduled" | "running" | "paused" | "completed" | "cancelled" | "failed";
      templateId: string | null;
      senderId: string | null;
      hourlyLimit: number | null;
      domainHourlyLimit: number | null;
      scheduledAt: string | null;
      startedAt: string | null;
      completedAt: string | null;
      errorCode: string | null;
      /** People, once they are collected */
      total: number;
      /** Not planned yet */
      waiting: number;
      /** Planned: on the way, or held by a cap */
      queued: number;
      sent: number;
      failed: number;
      /** Stopped, or without an address */
      skipped: number;
      createdAt: string;
      version: number;
      recipients: ({
        email: string;
        name: string | null;
        prospectId: string | null;
        emailId: string | null;
        /** waiting, skipped, failed, or the status of the message */
        state: string;
        reason: string | null;
      })[];
    };
    "apiV1.Cadence": {
      id: string;
      name: string;
      description: string | null;
      isActive: boolean;
      /** As they were given */
      settings: Record<string, unknown>;
      teamId: string | null;
      createdBy: string | null;
      stepCount: number;
      enrollments: {
        active: number;
        paused: number;
        completed: number;
        exited: number;
        unenrolled: number;
      };
      /** People who have replied */
      repliedCount: number;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.CadenceAnalytics": {
      cadenceId: string;
      enrolled: number;
      enrollments: {
        active: number;
        paused: number;
        completed: number;
        exited: number;
        unenrolled: number;
      };
      replied: number;
      replyRate: number | null;
      /** People who left before the end, by reason */
      exits: Record<string, number>;
      steps: ({
        stepId: string;
        stepNumber: number;
        type: "email" | "call" | "linkedin" | "sms" | "task";
        /** False: deleted since */
        isCurrent: boolean;
        reached: number;
        skipped: number;
        tasks: number;
        tasksCompleted: number;
        sent: number;
        /** Sent and not bounced */
        delivered: number;
        /** By people */
        opened: number;
        /** By people */
        clicked: number;
        replied: number;
        bounced: number;
        unsubscribed: number;
        openRate: number | null;
        clickRate: number | null;
        replyRate: number | null;
        bounceRate: number | null;
      })[];
      experiments: components['schemas']["apiV1.StepExperiment"][];
    };
    "apiV1.CadenceChanges": {
      name?: string;
      description?: string | null;
      settings?: {
        /** Steps are done at these hours of the person; absent: at any hour */
        businessHours?: {
          enabled?: boolean;
          start?: string;
          end?: string;
          /** ISO: 1 is Monday */
          days?: number[];
        };
        /** For people whose own zone is not known; absent: the organization’s */
        timezone?: string;
        /** Local days without a step */
        holidays?: string[];
        /** Default: true */
        autoPauseOnReply?: boolean;
        /** A reply pauses colleagues of the same account too; default: false */
        pauseAccountOnReply?: boolean;
        /** A pause by a reply ends the enrollment after so many days; default: 30 */
        replyPauseDays?: number;
        /** How long the next step waits for a task; default: 0 */
        taskWaitDays?: number;
        /** How long after its end a person may be enrolled anew; null: never; default: 30 */
        reEnrollAfterDays?: number | null;
      };
      teamId?: string | null;
      isActive?: boolean;
    };
    "apiV1.CadenceDetail": {
      id: string;
      name: string;
      description: string | null;
      isActive: boolean;
      /** As they were given */
      settings: Record<string, unknown>;
      teamId: string | null;
      createdBy: string | null;
      stepCount: number;
      enrollments: {
        active: number;
        paused: number;
        completed: number;
        exited: number;
        unenrolled: number;
      };
      /** People who have replied */
      repliedCount: number;
      createdAt: string;
      updatedAt: string;
      version: number;
      steps: components['schemas']["apiV1.CadenceStep"][];
    };
    "apiV1.CadenceEnrollment": {
      id: string;
      cadenceId: string;
      prospectId: string;
      prospectName: string | null;
      /** In whose name */
      userId: string | null;
      status: "active" | "paused" | "completed" | "exited" | "unenrolled";
      nextStepNumber: number | null;
      nextRunAt: string | null;
      /** The rule of contact that holds the next step back */
      heldBy: string | null;
      stepsDone: number;
      pauseReason: "person" | "reply" | "account_reply" | "cadence" | "out_of_office" | null;
      pausedAt: string | null;
      pausedUntil: string | null;
      repliedAt: string | null;
      endReason: string | null;
      endedAt: string | null;
      enrolledBy: string | null;
      enrolledAt: string;
    };
    "apiV1.CadenceEnrollmentDetail": {
      id: string;
      cadenceId: string;
      prospectId: string;
      prospectName: string | null;
      /** In whose name */
      userId: string | null;
      status: "active" | "paused" | "completed" | "exited" | "unenrolled";
      nextStepNumber: number | null;
      nextRunAt: string | null;
      /** The rule of contact that holds the next step back */
      heldBy: string | null;
      stepsDone: number;
      pauseReason: "person" | "reply" | "account_reply" | "cadence" | "out_of_office" | null;
      pausedAt: string | null;
      pausedUntil: string | null;
      repliedAt: string | null;
      endReason: string | null;
      endedAt: string | null;
      enrolledBy: string | null;
      enrolledAt: string;
      history: ({
        id: string;
        stepId: string;
        stepNumber: number;
        type: "email" | "call" | "linkedin" | "sms" | "task";
        outcome: "sent" | "task" | "skipped";
        /** Why it was passed over */
        rule: string | null;
        variant: string | null;
        dueAt: string;
        executedAt: string;
        emailId: string | null;
        emailStatus: string | null;
        openedAt: string | null;
        clickedAt: string | null;
        repliedAt: string | null;
        sendId: string | null;
        sendState: string | null;
        taskId: string | null;
        taskCompletedAt: string | null;
      })[];
    };
    "apiV1.CadenceInput": {
      name: string;
      description?: string | null;
      settings?: {
        /** Steps are done at these hours of the person; absent: at any hour */
        businessHours?: {
          enabled?: boolean;
          start?: string;
          end?: string;
          /** ISO: 1 is Monday */
          days?: number[];
        };
        /** For people whose own zone is not known; absent: the organization’s */
        timezone?: string;
        /** Local days without a step */
        holidays?: string[];
        /** Default: true */
        autoPauseOnReply?: boolean;
        /** A reply pauses colleagues of the same account too; default: false */
        pauseAccountOnReply?: boolean;
        /** A pause by a reply ends the enrollment after so many days; default: 30 */
        replyPauseDays?: number;
        /** How long the next step waits for a task; default: 0 */
        taskWaitDays?: number;
        /** How long after its end a person may be enrolled anew; null: never; default: 30 */
        reEnrollAfterDays?: number | null;
      };
      teamId?: string | null;
      /** Default: false */
      isActive?: boolean;
      steps?: ({
        stepNumber?: number;
        type: "email" | "call" | "linkedin" | "sms" | "task";
        /** After the step before, by the calendar of the person */
        delayDays?: number;
        /** In addition */
        delayHours?: number;
        templateId?: string | null;
        subject?: string | null;
        content?: string | null;
        conditions?: {
          if: {
            event: "opened" | "not_opened" | "clicked" | "not_clicked" | "replied" | "not_replied" | "completed" | "not_completed";
            /** Of which step; default: the latest one that was done */
            step?: number;
            /** Counts only so long after that step */
            within?: string;
          };
          /** A step to go on with, to leave, to do this step or to pass over it */
          then: number | "exit" | "run" | "skip";
          /** Default: do this step */
          else?: number | "exit" | "run" | "skip";
        } | null;
        /** Two or more texts to compare; each person always gets the same one */
        variants?: {
          name: string;
          weight?: number;
          /** Places like {{firstName}} are filled */
          subject?: string;
          content?: string;
          templateId?: string;
        }[];
      })[];
    };
    "apiV1.CadenceRehearsal": {
      timeline: ({
        person: number;
        step: number | null;
        at: string;
        event: "email" | "call" | "linkedin" | "sms" | "task" | "skipped" | "opened" | "clicked" | "replied" | "completed_task" | "paused" | "completed" | "exited";
      })[];
      summary: {
        people: number;
        /** How often each happens */
        events: Record<string, number>;
        startsAt: string;
        endsAt: string;
        timeZones: string[];
      };
    };
    "apiV1.CadenceRehearsalInput": {
      people?: number;
      seed?: string;
      /** Default: now */
      startAt?: string;
      openRate?: number;
      /** Of those who open */
      clickRate?: number;
      replyRate?: number;
      /** People take them in turn; default: the zone of the cadence */
      timeZones?: string[];
    };
    "apiV1.CadenceReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      rows: ({
        cadenceId: string;
        name: string;
        isActive: boolean;
        enrolled: number;
        replied: number;
        replyRate: number | null;
        completed: number;
        /** Arranged while people were in it, or within two weeks after */
        meetings: number;
      })[];
    };
    "apiV1.CadenceStep": {
      id: string;
      cadenceId: string;
      stepNumber: number;
      type: "email" | "call" | "linkedin" | "sms" | "task";
      delayDays: number;
      delayHours: number;
      templateId: string | null;
      subject: string | null;
      content: string | null;
      conditions: {
        if: {
          event: "opened" | "not_opened" | "clicked" | "not_clicked" | "replied" | "not_replied" | "completed" | "not_completed";
          /** Of which step; default: the latest one that was done */
          step?: number;
          /** Counts only so long after that step */
          within?: string;
        };
        /** A step to go on with, to leave, to do this step or to pass over it */
        then: number | "exit" | "run" | "skip";
        /** Default: do this step */
        else?: number | "exit" | "run" | "skip";
      } | null;
      variants: {
        name: string;
        weight?: number;
        /** Places like {{firstName}} are filled */
        subject?: string;
        content?: string;
        templateId?: string;
      }[];
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.CadenceStepChanges": {
      stepNumber?: number;
      type?: "email" | "call" | "linkedin" | "sms" | "task";
      /** After the step before, by the calendar of the person */
      delayDays?: number;
      /** In addition */
      delayHours?: number;
      templateId?: string | null;
      subject?: string | null;
      content?: string | null;
      conditions?: {
        if: {
          event: "opened" | "not_opened" | "clicked" | "not_clicked" | "replied" | "not_replied" | "completed" | "not_completed";
          /** Of which step; default: the latest one that was done */
          step?: number;
          /** Counts only so long after that step */
          within?: string;
        };
        /** A step to go on with, to leave, to do this step or to pass over it */
        then: number | "exit" | "run" | "skip";
        /** Default: do this step */
        else?: number | "exit" | "run" | "skip";
      } | null;
      /** Two or more texts to compare; each person always gets the same one */
      variants?: {
        name: string;
        weight?: number;
        /** Places like {{firstName}} are filled */
        subject?: string;
        content?: string;
        templateId?: string;
      }[];
    };
    "apiV1.CadenceStepInput": {
      stepNumber?: number;
      type: "email" | "call" | "linkedin" | "sms" | "task";
      /** After the step before, by the calendar of the person */
      delayDays?: number;
      /** In addition */
      delayHours?: number;
      templateId?: string | null;
      subject?: string | null;
      content?: string | null;
      conditions?: {
        if: {
          event: "opened" | "not_opened" | "clicked" | "not_clicked" | "replied" | "not_replied" | "completed" | "not_completed";
          /** Of which step; default: the latest one that was done */
          step?: number;
          /** Counts only so long after that step */
          within?: string;
        };
        /** A step to go on with, to leave, to do this step or to pass over it */
        then: number | "exit" | "run" | "skip";
        /** Default: do this step */
        else?: number | "exit" | "run" | "skip";
      } | null;
      /** Two or more texts to compare; each person always gets the same one */
      variants?: {
        name: string;
        weight?: number;
        /** Places like {{firstName}} are filled */
        subject?: string;
        content?: string;
        templateId?: string;
      }[];
    };
    "apiV1.CallLog": {
      id: string;
      prospectId: string | null;
      accountId: string | null;
      dealId: string | null;
      userId: string | null;
      /** The touch that the call became; there within a second */
      interactionId: string | null;
      direction: "inbound" | "outbound";
      durationSeconds: number | null;
      disposition: "answered" | "voicemail" | "no_answer" | "busy" | null;
      phone: string | null;
      notes: string | null;
      outcome: string | null;
      cost: number | null;
      costCurrency: string | null;
      occurredAt: string;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.CallLogChanges": {
      durationSeconds?: number | null;
      disposition?: "answered" | "voicemail" | "no_answer" | "busy" | null;
      phone?: string | null;
      notes?: string | null;
      outcome?: string | null;
      cost?: number | string | null;
      costCurrency?: string | null;
    };
    "apiV1.CallLogInput": {
      prospectId?: string | null;
      accountId?: string | null;
      dealId?: string | null;
      /** Who called; default: you */
      userId?: string | null;
      direction?: "inbound" | "outbound";
      /** When it began; default: now, less its duration */
      occurredAt?: string;
      durationSeconds?: number | null;
      disposition?: "answered" | "voicemail" | "no_answer" | "busy" | null;
      phone?: string | null;
      notes?: string | null;
      outcome?: string | null;
      cost?: number | string | null;
      costCurrency?: string | null;
    };
    "apiV1.CannedResponse": {
      id: string;
      title: string;
      body: string;
      shortcut: string | null;
      language: string | null;
      teamId: string | null;
      usedCount: number;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.CannedResponseChanges": {
      title?: string;
      /** Variables: {{requester.name}}, {{requester.firstName}}, {{requester.email}}, {{ticket.number}}, {{ticket.subject}}, {{agent.name}}, {{agent.firstName}}; {{requester.firstName|there}} with a default */
      body?: string;
      shortcut?: string | null;
      language?: string | null;
      teamId?: string | null;
    };
    "apiV1.CannedResponseInput": {
      title: string;
      /** Variables: {{requester.name}}, {{requester.firstName}}, {{requester.email}}, {{ticket.number}}, {{ticket.subject}}, {{agent.name}}, {{agent.firstName}}; {{requester.firstName|there}} with a default */
      body: string;
      shortcut?: string | null;
      language?: string | null;
      teamId?: string | null;
    };
    "apiV1.ChannelReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      rows: ({
        channel: "email" | "sms" | "call" | "linkedin";
        touches: number;
        people: number;
        answered: number;
        answerRate: number | null;
      })[];
    };
    "apiV1.Coaching": {
      reps: ({
        rep: {
          userId: string | null;
          agentId: string | null;
          name: string | null;
        };
        conversations: number;
        averageTalkRatio: number | null;
        averageQuestions: number | null;
        averageSentimentScore: number | null;
        opportunities: {
          code: string;
          text: string;
          conversations: number;
          latestConversationId: string;
        }[];
      })[];
    };
    "apiV1.ContactConsent": {
      id: string;
      prospectId: string;
      channel: "email" | "sms" | "call" | "linkedin";
      status: "granted" | "withdrawn";
      source: string;
      proof: string | null;
      recordedBy: string | null;
      occurredAt: string;
      createdAt: string;
    };
    "apiV1.ContactConsentInput": {
      channel: "email" | "sms" | "call" | "linkedin";
      status: "granted" | "withdrawn";
      /** How it was given, such as a form */
      source: string;
      /** Where it can be looked up */
      proof?: string | null;
      occurredAt?: string;
    };
    "apiV1.ContactDecision": {
      prospectId: string;
      channel: "email" | "sms" | "call" | "linkedin";
      purpose: "sequence" | "marketing" | "one_to_one" | "transactional";
      decision: "allowed" | "held" | "refused";
      rule: "gone" | "no_address" | "do_not_contact" | "unsubscribed" | "blacklisted" | "consent" | "customer" | "open_deal" | "support" | "owner_collision" | "person_cap" | "account_cap" | "contact_hours" | null;
      until: string | null;
      message: string;
      checks: ({
        rule: "gone" | "no_address" | "do_not_contact" | "unsubscribed" | "blacklisted" | "consent" | "customer" | "open_deal" | "support" | "owner_collision" | "person_cap" | "account_cap" | "contact_hours";
        outcome: "passed" | "refused" | "held" | "warning" | "off";
        until: string | null;
        message: string;
      })[];
      zones: {
        zones: string[];
        source: "prospect" | "country" | "phone" | "organization";
      };
    };
    "apiV1.ContactList": {
      id: string;
      name: string;
      description: string | null;
      type: "static" | "dynamic";
      segmentId: string | null;
      memberCount: number;
      refreshStatus: "pending" | "running" | "completed" | "failed" | null;
      refreshedAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.ContactListChanges": {
      name?: string;
      description?: string | null;
      segmentId?: string;
    };
    "apiV1.ContactListInput": {
      name: string;
      description?: string | null;
      type: "static" | "dynamic";
      segmentId?: string | null;
    };
    "apiV1.ContactListMembersInput": {
      prospectIds: string[];
    };
    "apiV1.ContactPolicy": {
      /** Touches of one person within 24 hours, over all channels; null: no limit */
      perPersonPerDay: number | null;
      /** Touches of one person within seven days; null: no limit */
      perPersonPerWeek: number | null;
      /** Touches of all people of an account within 24 hours; null: no limit */
      perAccountPerDay: number | null;
      consentRequired: ("email" | "sms" | "call" | "linkedin")[];
      customers: "refuse" | "allow";
      openDeals: "refuse" | "allow";
      /** People of whom support has something urgent at hand */
      support: "refuse" | "allow";
      /** People who belong to somebody else */
      ownerCollision: "refuse" | "allow";
      /** What holds back a message between two people */
      directMessages: "stops" | "all";
      contactHours: {
        email: {
          start: string;
          end: string;
          /** ISO: 1 is Monday */
          days?: number[];
        } | null;
        sms: {
          start: string;
          end: string;
          /** ISO: 1 is Monday */
          days?: number[];
        } | null;
        call: {
          start: string;
          end: string;
          /** ISO: 1 is Monday */
          days?: number[];
        } | null;
        linkedin: {
          start: string;
          end: string;
          /** ISO: 1 is Monday */
          days?: number[];
        } | null;
      };
      version: number;
    };
    "apiV1.ContactPolicyChanges": {
      /** Touches of one person within 24 hours, over all channels; null: no limit */
      perPersonPerDay?: number | null;
      /** Touches of one person within seven days; null: no limit */
      perPersonPerWeek?: number | null;
      /** Touches of all people of an account within 24 hours; null: no limit */
      perAccountPerDay?: number | null;
      consentRequired?: ("email" | "sms" | "call" | "linkedin")[];
      customers?: "refuse" | "allow";
      openDeals?: "refuse" | "allow";
      /** People of whom support has something urgent at hand */
      support?: "refuse" | "allow";
      /** People who belong to somebody else */
      ownerCollision?: "refuse" | "allow";
      /** What holds back a message between two people */
      directMessages?: "stops" | "all";
      contactHours?: {
        email?: {
          start: string;
          end: string;
          /** ISO: 1 is Monday */
          days?: number[];
        } | null;
        sms?: {
          start: string;
          end: string;
          /** ISO: 1 is Monday */
          days?: number[];
        } | null;
        call?: {
          start: string;
          end: string;
          /** ISO: 1 is Monday */
          days?: number[];
        } | null;
        linkedin?: {
          start: string;
          end: string;
          /** ISO: 1 is Monday */
          days?: number[];
        } | null;
      };
    };
    "apiV1.Conversation": {
      id: string;
      kind: "call" | "meeting" | "chat";
      title: string | null;
      /** waiting: for a transcript */
      status: "waiting" | "analyzing" | "completed" | "failed";
      errorCode: string | null;
      generation: number;
      interactionId: string | null;
      liveCallId: string | null;
      callLogId: string | null;
      meetingId: string | null;
      prospectId: string | null;
      accountId: string | null;
      dealId: string | null;
      /** Who led it */
      userId: string | null;
      agentId: string | null;
      recordingUrl: string | null;
      transcriptUrl: string | null;
      transcriptFormat: string | null;
      language: string | null;
      participants: ({
        name: string;
        role: "rep" | "customer";
      })[];
      startedAt: string;
      durationSeconds: number | null;
      talkListen: {
        /** Share of those who speak for the organization */
        talk: number;
        listen: number;
        basis: "time" | "words";
        speakers: {
          speaker: string;
          share: number;
        }[];
        longestMonologueSeconds: number | null;
      } | null;
      sentiment: "positive" | "neutral" | "negative" | null;
      /** From -1 to 1 */
      sentimentScore: number | null;
      repQuestions: number | null;
      analysis: {
        rules: string;
        lexicon: string | null;
        /** null: no model was asked */
        model: string | null;
        computed: string[];
        notComputed: {
          what: string;
          why: string;
        }[];
      } | null;
      analyzedAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.ConversationInput": {
      kind?: "call" | "meeting" | "chat";
      title?: string;
      startedAt?: string;
      durationSeconds?: number;
      language?: string;
      recordingUrl?: string;
      /** Fetched from there */
      transcriptUrl?: string;
      /** Statements with their speakers, WebVTT, SubRip, or lines like "Ada: good morning" */
      transcript?: string | {
        speaker?: string;
        text: string;
        startSeconds?: number;
        endSeconds?: number;
      }[];
      /** Who speaks for whom; names as in the transcript */
      participants?: ({
        name: string;
        role: "rep" | "customer";
      })[];
      interactionId?: string;
      /** Brings its prospect, deal and interaction */
      callLogId?: string;
      meetingId?: string;
      prospectId?: string;
      accountId?: string;
      dealId?: string;
      userId?: string;
    };
    "apiV1.ConversationInsights": {
      status: "waiting" | "analyzing" | "completed" | "failed";
      analysis: {
        rules: string;
        lexicon: string | null;
        /** null: no model was asked */
        model: string | null;
        computed: string[];
        notComputed: {
          what: string;
          why: string;
        }[];
      } | null;
      summary: {
        id: string;
        kind: "objection" | "competitor" | "key_moment" | "coaching" | "next_best_action" | "summary";
        code: string;
        text: string;
        /** Ordinal of the statement that shows it */
        statement: number | null;
        engine: "rules" | "model";
        data: Record<string, unknown>;
      } | null;
      nextBestAction: {
        id: string;
        kind: "objection" | "competitor" | "key_moment" | "coaching" | "next_best_action" | "summary";
        code: string;
        text: string;
        /** Ordinal of the statement that shows it */
        statement: number | null;
        engine: "rules" | "model";
        data: Record<string, unknown>;
      } | null;
      objections: ({
        id: string;
        kind: "objection" | "competitor" | "key_moment" | "coaching" | "next_best_action" | "summary";
        code: string;
        text: string;
        /** Ordinal of the statement that shows it */
        statement: number | null;
        engine: "rules" | "model";
        data: Record<string, unknown>;
      })[];
      competitors: ({
        id: string;
        kind: "objection" | "competitor" | "key_moment" | "coaching" | "next_best_action" | "summary";
        code: string;
        text: string;
        /** Ordinal of the statement that shows it */
        statement: number | null;
        engine: "rules" | "model";
        data: Record<string, unknown>;
      })[];
      keyMoments: ({
        id: string;
        kind: "objection" | "competitor" | "key_moment" | "coaching" | "next_best_action" | "summary";
        code: string;
        text: string;
        /** Ordinal of the statement that shows it */
        statement: number | null;
        engine: "rules" | "model";
        data: Record<string, unknown>;
      })[];
      coaching: ({
        id: string;
        kind: "objection" | "competitor" | "key_moment" | "coaching" | "next_best_action" | "summary";
        code: string;
        text: string;
        /** Ordinal of the statement that shows it */
        statement: number | null;
        engine: "rules" | "model";
        data: Record<string, unknown>;
      })[];
    };
    "apiV1.CreatedTicketMailbox": {
      id: string;
      address: string;
      name: string;
      teamId: string | null;
      createdAt: string;
      version: number;
      url: string;
      token: string;
    };
    "apiV1.CustomField": {
      id: string;
      entity: "prospect" | "account" | "deal" | "ticket";
      key: string;
      label: string;
      type: "text" | "number" | "boolean" | "date" | "timestamp" | "enum" | "multi_enum";
      options: string[];
      required: boolean;
      createdAt: string;
      version: number;
    };
    "apiV1.CustomFieldInput": {
      entity: "prospect" | "account" | "deal" | "ticket";
      key: string;
      label?: string;
      type: "text" | "number" | "boolean" | "date" | "timestamp" | "enum" | "multi_enum";
      options?: string[];
      required?: boolean;
    };
    "apiV1.Deal": {
      id: string;
      name: string;
      amount: number | null;
      currency: string;
      probability: number;
      stage: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
      forecastCategory: "pipeline" | "best_case" | "commit" | "closed" | null;
      closeDate: string | null;
      riskScore: number | null;
      aiAnalysis: Record<string, unknown>;
      metadata: Record<string, unknown>;
      accountId: string | null;
      ownerId: string | null;
      teamId: string | null;
      winLossReason: string | null;
      winLossNotes: string | null;
      stageChangedAt: string;
      closedAt: string | null;
      wins: number;
      custom: Record<string, unknown>;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.DealBoard": {
      stages: ({
        stage: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
        count: number;
        /** Per currency; weighted by probability */
        totals: {
          currency: string;
          amount: number;
          weighted: number;
        }[];
        /** The first of the column, at most perStage */
        deals: components['schemas']["apiV1.Deal"][];
      })[];
    };
    "apiV1.DealChanges": {
      name?: string;
      amount?: number | string | null;
      currency?: string;
      /** Percent; a stage brings its own unless one is given */
      probability?: number;
      stage?: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
      closeDate?: string | null;
      accountId?: string | null;
      ownerId?: string | null;
      teamId?: string | null;
      winLossReason?: string | null;
      winLossNotes?: string | null;
      metadata?: Record<string, unknown>;
      /** Custom fields of the organization, by key; null takes one away */
      custom?: Record<string, unknown>;
      /** The stage that you saw; another one by now is a conflict */
      fromStage?: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
    };
    "apiV1.DealContact": {
      prospectId: string;
      role: string | null;
      firstName: string | null;
      lastName: string | null;
      email: string | null;
      linkedAt: string;
    };
    "apiV1.DealContactInput": {
      prospectId: string;
      role?: string;
    };
    "apiV1.DealDetail": {
      id: string;
      name: string;
      amount: number | null;
      currency: string;
      probability: number;
      stage: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
      forecastCategory: "pipeline" | "best_case" | "commit" | "closed" | null;
      closeDate: string | null;
      riskScore: number | null;
      aiAnalysis: Record<string, unknown>;
      metadata: Record<string, unknown>;
      accountId: string | null;
      ownerId: string | null;
      teamId: string | null;
      winLossReason: string | null;
      winLossNotes: string | null;
      stageChangedAt: string;
      closedAt: string | null;
      wins: number;
      custom: Record<string, unknown>;
      createdAt: string;
      updatedAt: string;
      version: number;
      contacts: components['schemas']["apiV1.DealContact"][];
    };
    "apiV1.DealHealth": {
      dealId: string;
      dealName: string;
      stage: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
      /** 0 to 100; from 30 on medium, from 60 on high */
      riskScore: number;
      riskLevel: "low" | "medium" | "high";
      riskFactors: {
        factor: string;
        points: number;
        evidence: Record<string, unknown>;
      }[];
      recommendations: string[];
    };
    "apiV1.DealInput": {
      name: string;
      amount?: number | string | null;
      currency?: string;
      /** Percent; a stage brings its own unless one is given */
      probability?: number;
      stage?: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
      closeDate?: string | null;
      accountId?: string | null;
      ownerId?: string | null;
      teamId?: string | null;
      winLossReason?: string | null;
      winLossNotes?: string | null;
      metadata?: Record<string, unknown>;
      /** Custom fields of the organization, by key; null takes one away */
      custom?: Record<string, unknown>;
    };
    "apiV1.DealMove": {
      stage: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
      /** Place in the column, 0 at the top */
      position?: number;
      /** The stage that the card was dragged from; another one by now is a conflict */
      fromStage?: "discovery" | "qualification" | "proposal" | "negotiation" | "closed_won" | "closed_lost";
      /** Why it was won or lost */
      reason?: string;
    };
    "apiV1.Deliverability": {
      days: number;
      sent: number;
      delivered: number;
      hardBounces: number;
      softBounces: number;
      complaints: number;
      unsubscribes: number;
      opened: number;
      clicked: number;
      replied: number;
      deliveryRate: number | null;
      bounceRate: number | null;
      complaintRate: number | null;
      unsubscribeRate: number | null;
      senders: ({
        sent: number;
        delivered: number;
        hardBounces: number;
        softBounces: number;
        complaints: number;
        unsubscribes: number;
        opened: number;
        clicked: number;
        replied: number;
        senderId: string | null;
        email: string | null;
      })[];
      recipientDomains: {
        domain: string;
        sent: number;
        delivered: number;
        hardBounces: number;
      }[];
      domains: ({
        domain: string;
        spf: "pass" | "fail" | "missing" | "unknown";
        dkim: "pass" | "fail" | "missing" | "unknown";
        dmarc: "pass" | "fail" | "missing" | "unknown";
        verified: boolean;
        findings: ({
          check: "spf" | "dkim" | "dmarc";
          message: string;
        })[];
        checkedAt: string;
      })[];
    };
    "apiV1.DraftReason": {
      problem: "NO_EVIDENCE" | "UNKNOWN_EVIDENCE" | "NOT_SUPPORTED" | "PRICE" | "PROMISE" | "LINK" | "ADDRESS" | "MARKUP" | "TOO_LONG" | "EMPTY";
      text: string;
    };
    "apiV1.DraftSentence": {
      text: string;
      /** Ids of the facts that the sentence rests on */
      evidence: string[];
      paragraph: number;
    };
    "apiV1.Email": {
      id: string;
      userId: string | null;
      to: ({
        email: string;
        name: string | null;
      })[];
      cc: ({
        email: string;
        name: string | null;
      })[];
      bcc: ({
        email: string;
        name: string | null;
      })[];
      from: string;
      subject: string;
      status: "scheduled" | "queued" | "sent" | "delivered" | "bounced" | "failed" | "suppressed" | "unknown" | "cancelled";
      category: "transactional" | "marketing" | "one_to_one" | "sequence";
      /** By a person, as far as that can be told */
      opened: boolean;
      clicked: boolean;
      bounced: boolean;
      replied: boolean;
      openCount: number;
      clickCount: number;
      /** Opens and clicks that were no person's */
      machineCount: number;
      sendgridMessageId: string | null;
      prospectId: string | null;
      dealId: string | null;
      campaignId: string | null;
      senderId: string | null;
      templateId: string | null;
      templateNumber: number | null;
      threadId: string;
      inReplyTo: string | null;
      bulkJobId: string | null;
      scheduledAt: string | null;
      sentAt: string | null;
      deliveredAt: string | null;
      openedAt: string | null;
      clickedAt: string | null;
      repliedAt: string | null;
      /** `outbox`: nothing left the machine, read it with GET /outbox */
      transport: string | null;
      suppressedBy: string | null;
      errorCode: string | null;
      /** Why it has not left yet, e.g. a cap of its sender */
      heldBy: string | null;
      isTest: boolean;
      createdAt: string;
      version: number;
      html: string;
      text: string;
      attachments: {
        fileName: string;
        mediaType: string;
        size: number;
      }[];
      messageId: string;
    };
    "apiV1.EmailBlacklistEntry": {
      id: string;
      email: string;
      reason: "hard_bounce" | "complaint" | "manual" | "invalid";
      notes: string | null;
      emailId: string | null;
      createdBy: string | null;
      createdAt: string;
      version: number;
    };
    "apiV1.EmailBlacklistInput": {
      email: string;
      reason?: "hard_bounce" | "complaint" | "manual" | "invalid";
      notes?: string | null;
    };
    "apiV1.EmailBounce": {
      id: string;
      emailId: string | null;
      prospectId: string | null;
      email: string;
      type: "hard" | "soft" | "complaint";
      statusCode: string | null;
      reason: string | null;
      occurredAt: string;
    };
    "apiV1.EmailEvent": {
      id: string;
      type: "sent" | "delivered" | "deferred" | "dropped" | "open" | "click" | "bounce" | "unsubscribe" | "spam" | "reply" | "auto_reply";
      occurredAt: string;
      url: string | null;
      ipAddress: string | null;
      userAgent: string | null;
      /** Why an open or a click was no person's; null: it was one */
      machineReason: string | null;
      data: Record<string, unknown>;
    };
    "apiV1.EmailInput": {
      templateId?: string;
      /** Wins over the template's */
      subject?: string;
      html?: string;
      text?: string;
      variables?: Record<string, unknown>;
      /** Default: what the template says, else refuse */
      missingVariables?: "refuse" | "blank" | "keep";
      to: {
        email: string;
        name?: string;
      }[];
      cc?: {
        email: string;
        name?: string;
      }[];
      bcc?: {
        email: string;
        name?: string;
      }[];
      /** Default: the prospect with the first address */
      prospectId?: string;
      dealId?: string;
      /** Default: the writing person's sender, else the default one */
      senderId?: string;
      /** Default: the template's, else one_to_one */
      category?: "transactional" | "marketing" | "one_to_one";
      /** Default: for marketing */
      trackOpens?: boolean;
      /** Default: for marketing */
      trackClicks?: boolean;
      /** In the past: at once */
      scheduledAt?: string;
      /** An e-mail whose thread this one goes on with */
      inReplyTo?: string;
      attachments?: {
        fileName: string;
        mediaType: string;
        /** Base64; 500 kB for all of them together */
        content: string;
      }[];
      /** To people of the organization alone; not tracked, not counted */
      test?: boolean;
    };
    "apiV1.EmailPreviewRequest": {
      /** Whose record the letter is written from */
      prospectId?: string;
      purpose?: "introduction" | "follow_up" | "meeting_request" | "re_engagement" | "reply" | "break_up";
      tone?: "professional" | "friendly" | "direct";
      length?: "short" | "medium" | "long";
      /** Default: the prospect's, else English */
      language?: "en" | "de" | "fr" | "es";
      /** Statements of yours that the letter may make */
      keyPoints?: string[];
      /** Id of GET /ai/models; default: the route of the purpose */
      model?: string;
    };
    "apiV1.EmailReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      sent: number;
      /** Sent and not bounced */
      delivered: number;
      /** By people */
      opened: number;
      /** By people */
      clicked: number;
      replied: number;
      bounced: number;
      unsubscribed: number;
      openRate: number | null;
      clickRate: number | null;
      replyRate: number | null;
      bounceRate: number | null;
      suppressed: number;
      failed: number;
    };
    "apiV1.EmailRequest": {
      /** Whose record the letter is written from */
      prospectId?: string;
      purpose?: "introduction" | "follow_up" | "meeting_request" | "re_engagement" | "reply" | "break_up";
      tone?: "professional" | "friendly" | "direct";
      length?: "short" | "medium" | "long";
      /** Default: the prospect's, else English */
      language?: "en" | "de" | "fr" | "es";
      /** Statements of yours that the letter may make */
      keyPoints?: string[];
      /** Id of GET /ai/models; default: the route of the purpose */
      model?: string;
    };
    "apiV1.EmailSummary": {
      id: string;
      userId: string | null;
      to: ({
        email: string;
        name: string | null;
      })[];
      cc: ({
        email: string;
        name: string | null;
      })[];
      bcc: ({
        email: string;
        name: string | null;
      })[];
      from: string;
      subject: string;
      status: "scheduled" | "queued" | "sent" | "delivered" | "bounced" | "failed" | "suppressed" | "unknown" | "cancelled";
      category: "transactional" | "marketing" | "one_to_one" | "sequence";
      /** By a person, as far as that can be told */
      opened: boolean;
      clicked: boolean;
      bounced: boolean;
      replied: boolean;
      openCount: number;
      clickCount: number;
      /** Opens and clicks that were no person's */
      machineCount: number;
      sendgridMessageId: string | null;
      prospectId: string | null;
      dealId: string | null;
      campaignId: string | null;
      senderId: string | null;
      templateId: string | null;
      templateNumber: number | null;
      threadId: string;
      inReplyTo: string | null;
      bulkJobId: string | null;
      scheduledAt: string | null;
      sentAt: string | null;
      deliveredAt: string | null;
      openedAt: string | null;
      clickedAt: string | null;
      repliedAt: string | null;
      /** `outbox`: nothing left the machine, read it with GET /outbox */
      transport: string | null;
      suppressedBy: string | null;
      errorCode: string | null;
      /** Why it has not left yet, e.g. a cap of its sender */
      heldBy: string | null;
      isTest: boolean;
      createdAt: string;
      version: number;
    };
    "apiV1.EmailTemplate": {
      id: string;
      name: string;
      description: string | null;
      subject: string;
      html: string;
      text: string | null;
      variables: {
        name: string;
        description?: string;
        /** Taken where a message has no value */
        default?: string;
      }[];
      missingVariables: "refuse" | "blank" | "keep";
      category: "marketing" | "one_to_one" | "transactional";
      /** Counts the contents it has had; messages say which one they were written with */
      number: number;
      createdBy: string | null;
      performance: {
        sent: number;
        delivered: number;
        opened: number;
        clicked: number;
        replied: number;
        bounced: number;
        openRate: number | null;
        clickRate: number | null;
        replyRate: number | null;
        lastUsedAt: string | null;
      };
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.EmailTemplateChanges": {
      name?: string;
      description?: string | null;
      /** With places: {{firstName}}, {{deal.close_date | default: "soon"}} */
      subject?: string;
      html?: string;
      /** The plain part; made from the HTML when absent */
      text?: string | null;
      variables?: {
        name: string;
        description?: string;
        /** Taken where a message has no value */
        default?: string;
      }[];
      /** What happens to a place without value and default: refuse (default), blank, or keep it as it is written */
      missingVariables?: "refuse" | "blank" | "keep";
      /** Default: marketing */
      category?: "marketing" | "one_to_one" | "transactional";
    };
    "apiV1.EmailTemplateInput": {
      name: string;
      description?: string | null;
      /** With places: {{firstName}}, {{deal.close_date | default: "soon"}} */
      subject: string;
      html: string;
      /** The plain part; made from the HTML when absent */
      text?: string | null;
      variables?: {
        name: string;
        description?: string;
        /** Taken where a message has no value */
        default?: string;
      }[];
      /** What happens to a place without value and default: refuse (default), blank, or keep it as it is written */
      missingVariables?: "refuse" | "blank" | "keep";
      /** Default: marketing */
      category?: "marketing" | "one_to_one" | "transactional";
    };
    "apiV1.EmailTemplatePreview": {
      subject: string;
      html: string;
      text: string;
      /** Places without a value and without a default */
      missing: string[];
      defaulted: string[];
      check: {
        /** 0 is harmless; 5 and more is often taken for spam */
        score: number;
        findings: {
          code: string;
          message: string;
          weight: number;
        }[];
        links: ({
          url: string;
          problem: string | null;
        })[];
      };
    };
    "apiV1.EmailTemplatePreviewInput": {
      variables?: Record<string, unknown>;
      prospectId?: string;
      dealId?: string;
    };
    "apiV1.EmailUnsubscribe": {
      id: string;
      channel: "email" | "sms";
      /** An e-mail address or a number */
      address: string;
      prospectId: string | null;
      /** The message that was answered so */
      emailId: string | null;
      source: string;
      reason: string | null;
      createdAt: string;
    };
    "apiV1.EmailVariantsRequest": {
      /** Whose record the letter is written from */
      prospectId?: string;
      purpose?: "introduction" | "follow_up" | "meeting_request" | "re_engagement" | "reply" | "break_up";
      tone?: "professional" | "friendly" | "direct";
      length?: "short" | "medium" | "long";
      /** Default: the prospect's, else English */
      language?: "en" | "de" | "fr" | "es";
      /** Statements of yours that the letter may make */
      keyPoints?: string[];
      /** Id of GET /ai/models; default: the route of the purpose */
      model?: string;
      count?: number;
    };
    "apiV1.EnrichmentProvider": {
      id: "clearbit" | "zoominfo" | "apollo" | "hunter" | "people_data_labs";
      name: string;
      enabled: boolean;
      /** The lowest is asked first */
      priority: number;
      /** Calls per month; null: as many as are needed */
      monthlyCap: number | null;
      callsThisMonth: number;
      hasCredentials: boolean;
      version: number;
    };
    "apiV1.EnrichmentProviderChanges": {
      enabled?: boolean;
      priority?: number;
      monthlyCap?: number | null;
      credentials?: {
        apiKey: string;
      } | null;
    };
    "apiV1.EnrichmentRequest": {
      id: string;
      status: "pending" | "running" | "completed" | "skipped" | "failed";
      reason: string | null;
      source: string;
      fields: string[];
      targets: {
        total: number;
        completed: number;
        notFound: number;
        skipped: number;
        failed: number;
      };
      /** Those that filled a field */
      providersUsed: ("clearbit" | "zoominfo" | "apollo" | "hunter" | "people_data_labs")[];
      calls: number;
      /** What the providers said that they charge, by currency */
      costs: {
        amount: string;
        currency: string;
      }[];
      requestedBy: string | null;
      startedAt: string | null;
      endedAt: string | null;
      createdAt: string;
    };
    "apiV1.EnrichmentRequestDetail": {
      id: string;
      status: "pending" | "running" | "completed" | "skipped" | "failed";
      reason: string | null;
      source: string;
      fields: string[];
      targets: {
        total: number;
        completed: number;
        notFound: number;
        skipped: number;
        failed: number;
      };
      /** Those that filled a field */
      providersUsed: ("clearbit" | "zoominfo" | "apollo" | "hunter" | "people_data_labs")[];
      calls: number;
      /** What the providers said that they charge, by currency */
      costs: {
        amount: string;
        currency: string;
      }[];
      requestedBy: string | null;
      startedAt: string | null;
      endedAt: string | null;
      createdAt: string;
      records: ({
        prospectId: string | null;
        accountId: string | null;
        status: "pending" | "completed" | "not_found" | "skipped" | "failed";
        reason: string | null;
        lookups: ({
          provider: "clearbit" | "zoominfo" | "apollo" | "hunter" | "people_data_labs";
          status: "calling" | "found" | "not_found" | "capped" | "failed";
          calls: number;
          filled: string[];
          cost: {
            amount: string;
            currency: string;
          } | null;
          error: string | null;
          calledAt: string;
        })[];
      })[];
    };
    "apiV1.EnrichmentRequestInput": {
      prospectIds?: string[];
      accountIds?: string[];
      /** Default: all that a provider may know. What a record has already is never replaced */
      fields?: ("email" | "phone" | "firstName" | "lastName" | "title" | "company" | "linkedinUrl" | "country" | "timeZone" | "seniority" | "department" | "socialProfiles" | "industry" | "employeeCount" | "annualRevenue" | "location" | "website" | "description" | "technologies")[];
    };
    "apiV1.EnrichmentWish": {
      /** Default: all that a provider may know. What a record has already is never replaced */
      fields?: ("email" | "phone" | "firstName" | "lastName" | "title" | "company" | "linkedinUrl" | "country" | "timeZone" | "seniority" | "department" | "socialProfiles" | "industry" | "employeeCount" | "annualRevenue" | "location" | "website" | "description" | "technologies")[];
    };
    "apiV1.EnrollmentInput": {
      prospectIds?: string[];
      listId?: string;
      segmentId?: string;
      /** A filter tree over prospects, as the criteria of a segment */
      filter?: Record<string, unknown>;
      /** With a head; a column id, prospect_id or email names the people */
      csv?: string;
      /** In whose name; default: you, else the owner of each prospect */
      userId?: string | null;
      /** When the first delay begins; default: now */
      startAt?: string;
    };
    "apiV1.EnrollmentOutcome": {
      enrolled: {
        id: string;
        prospectId: string;
      }[];
      refused: ({
        prospectId: string | null;
        rule: string;
        message: string;
      })[];
      enrolledCount: number;
      refusedCount: number;
    };
    "apiV1.Evidence": {
      id: string;
      kind: "person" | "role" | "company" | "industry" | "size" | "location" | "profile" | "web" | "visit" | "intent" | "call" | "meeting" | "offer" | "given";
      text: string;
      values: Record<string, string>;
      source: {
        type: string;
        id: string | null;
      };
      observedAt: string | null;
      confidence: number;
    };
    "apiV1.ExperimentReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      rows: components['schemas']["apiV1.StepExperiment"][];
    };
    "apiV1.Forecast": {
      period: "month" | "quarter" | "year";
      startDate: string;
      endDate: string;
      asOf: string | null;
      currencies: ({
        currency: string;
        categories: ({
          category: "pipeline" | "best_case" | "commit" | "closed";
          deals: number;
          amount: number;
          weighted: number;
        })[];
        /** Closed, and open deals by their probability */
        projected: number;
        /** Closed and commit */
        commit: number;
        /** Closed, commit and best case */
        bestCase: number;
      })[];
    };
    "apiV1.ForecastAccuracy": {
      period: "month" | "quarter" | "year";
      periods: ({
        periodStart: string;
        currency: string;
        forecastOn: string;
        projected: number;
        commit: number;
        actual: number;
        /** (projected − actual) ÷ actual; above 0 was too hopeful */
        error: number | null;
        commitError: number | null;
      })[];
    };
    "apiV1.ForgotPasswordInput": {
      email: string;
    };
    "apiV1.GeneratedEmail": {
      subject: string;
      body: string;
      sentences: components['schemas']["apiV1.DraftSentence"][];
      evidence: components['schemas']["apiV1.Evidence"][];
      /** Every sentence that states something rests on a fact, and nothing forbidden is in it */
      grounded: boolean;
      reasons: components['schemas']["apiV1.DraftReason"][];
      strategy: "observation" | "question" | "value";
      rationale: string;
      language: "en" | "de" | "fr" | "es";
      /** `offline`: the built-in model, which needs no key */
      model: string;
      provider: string;
      promptVersion: string;
      callId: string;
      costUsd: number | null;
    };
    "apiV1.InboundAttachment": {
      id: string;
      fileName: string;
      mediaType: string;
      sizeBytes: number;
    };
    "apiV1.InboundAttachmentPart": {
      id: string;
      fileName: string;
      mediaType: string;
      sizeBytes: number;
      part: number;
      /** Base64 */
      content: string;
      /** Another part follows */
      more: boolean;
    };
    "apiV1.InboundMail": {
      from: string;
      to?: string;
      cc?: string;
      subject?: string;
      text?: string;
      /** Read where there is no text */
      html?: string;
      /** The head of the mail as it came: ids, answers and marks of machines are in it */
      headers?: string;
      envelope?: string;
    } & Record<string, unknown>;
    "apiV1.InboundMessage": {
      id: string;
      channel: "email" | "sms";
      from: string;
      fromName: string | null;
      to: string;
      subject: string | null;
      /** Without what it quotes */
      text: string;
      kind: "reply" | "out_of_office" | "auto_reply" | "bounce" | "referral" | "unsubscribe";
      /** The rule that told its kind */
      rule: string;
      /** The e-mail that it answers */
      emailId: string | null;
      threadId: string | null;
      prospectId: string | null;
      /** The day on which somebody who is away is back */
      returnsOn: string | null;
      referredTo: string | null;
      receivedAt: string;
      attachments: components['schemas']["apiV1.InboundAttachment"][];
    };
    "apiV1.InboxReceipt": {
      received: number;
      /** Known already; they change nothing */
      duplicates: number;
    };
    "apiV1.InstalledIntegration": {
      id: string;
      name: string;
      /** Stands before the ids of the provider in external ids */
      source: string;
      /** pending: not synced yet */
      status: "pending" | "connected" | "needs_reauth" | "error" | "disabled";
      teamId: string | null;
      settings: Record<string, unknown>;
      hasCredentials: boolean;
      hasWebhookSecret: boolean;
      lastSyncAt: string | null;
      lastError: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      provider: string;
    };
    "apiV1.InstalledIntegrationWithSecret": {
      id: string;
      name: string;
      /** Stands before the ids of the provider in external ids */
      source: string;
      /** pending: not synced yet */
      status: "pending" | "connected" | "needs_reauth" | "error" | "disabled";
      teamId: string | null;
      settings: Record<string, unknown>;
      hasCredentials: boolean;
      hasWebhookSecret: boolean;
      lastSyncAt: string | null;
      lastError: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      provider: string;
      /** Shown once; null where the provider makes its own, or sends no webhooks */
      webhookSecret: string | null;
    };
    "apiV1.IntegrationChanges": {
      name?: string;
      settings?: {
        streams?: string[] | null;
        intervalMinutes?: number | null;
        conflictPolicy?: "newest" | "ours" | "theirs" | null;
        fieldPolicies?: Record<string, Record<string, "newest" | "ours" | "theirs">> | null;
        mappings?: Record<string, ({
          /** Our field */
          local: string;
          /** Their field */
          remote: string;
          direction: "in" | "out" | "both";
          transform?: {
            kind: "trim" | "lowercase" | "uppercase" | "number" | "day" | "text";
          } | {
            kind: "word";
            at: "first" | "last";
          } | {
            kind: "map";
            /** Their value → ours */
            values: Record<string, string | number | boolean | null>;
            /** Ours → theirs, where several of theirs are one of ours */
            out?: Record<string, string | number | boolean | null>;
          };
        })[]> | null;
        options?: Record<string, string> | null;
        vendorCode?: string | null;
        requireSignature?: boolean | null;
      };
      /** By name, as the marketplace says; kept encrypted and never shown. webhookSecret where webhooks are signed */
      credentials?: Record<string, string>;
      /** false: neither syncs nor webhooks, until it is true again */
      active?: boolean;
    };
    "apiV1.IntegrationInstallation": {
      /** Slug of the marketplace */
      provider?: string;
      /** The same, under another name */
      slug?: string;
      name?: string;
      teamId?: string;
      /** By name, as the marketplace says; kept encrypted and never shown. webhookSecret where webhooks are signed */
      credentials?: Record<string, string>;
      settings?: {
        /** Default: all */
        streams?: string[];
        /** How often it is synced by itself; without it only when asked */
        intervalMinutes?: number;
        /** Of a field that both sides have changed: who wins */
        conflictPolicy?: "newest" | "ours" | "theirs";
        /** Stream → field → policy */
        fieldPolicies?: Record<string, Record<string, "newest" | "ours" | "theirs">>;
        /** Stream → fields, in place of the default mapping */
        mappings?: Record<string, ({
          /** Our field */
          local: string;
          /** Their field */
          remote: string;
          direction: "in" | "out" | "both";
          transform?: {
            kind: "trim" | "lowercase" | "uppercase" | "number" | "day" | "text";
          } | {
            kind: "word";
            at: "first" | "last";
          } | {
            kind: "map";
            /** Their value → ours */
            values: Record<string, string | number | boolean | null>;
            /** Ours → theirs, where several of theirs are one of ours */
            out?: Record<string, string | number | boolean | null>;
          };
        })[]>;
        /** What the provider needs beside secrets; the marketplace names them */
        options?: Record<string, string>;
        /** Telephony: for calls that name no vendor */
        vendorCode?: string;
        /** Telephony: refuse the secret as a bearer token */
        requireSignature?: boolean;
      };
    };
    "apiV1.IntegrationReview": {
      id: string;
      provider: string;
      rating: number;
      title: string | null;
      body: string | null;
      author: string | null;
      createdAt: string;
      updatedAt: string;
    };
    "apiV1.IntegrationReviewInput": {
      rating: number;
      title?: string | null;
      body?: string | null;
    };
    "apiV1.IntegrationSecretRotation": {
      /** How long the old secret still counts; default: 86400 */
      overlapSeconds?: number;
      /** Where the provider makes it, as Stripe does */
      webhookSecret?: string;
    };
    "apiV1.IntegrationStatus": {
      id: string;
      provider: string;
      status: "pending" | "connected" | "needs_reauth" | "error" | "disabled";
      /** 0 to 100: calls of seven days, the last ten syncs, records put aside */
      healthScore: number;
      health: "healthy" | "degraded" | "failing";
      lastError: string | null;
      lastSync: components['schemas']["apiV1.IntegrationSync"] | null;
      currentSync: components['schemas']["apiV1.IntegrationSync"] | null;
      lastCompletedAt: string | null;
      consecutiveFailures: number;
      connection: {
        connectedAt: string | null;
        expiresAt: string | null;
        scope: string | null;
      } | null;
      rateLimit: {
        burst: number;
        perSecond: number;
        blockedUntil: string | null;
      } | null;
      errors24h: {
        code: string;
        count: number;
      }[];
      /** How far both sides are apart */
      streams: ({
        name: string;
        direction: "in" | "out" | "both";
        lastCompletedAt: string | null;
        linked: number;
        /** Changes that have not gone out yet */
        pendingOut: number;
        quarantined: number;
      })[];
      /** The newest twenty */
      quarantine: ({
        stream: string;
        direction: "in" | "out";
        record: string;
        code: string;
        message: string;
        attempts: number;
        nextAttemptAt: string;
      })[];
    };
    "apiV1.IntegrationSync": {
      id: string;
      integrationId: string;
      number: number;
      trigger: "manual" | "schedule" | "webhook" | "connect" | "change";
      mode: "incremental" | "full";
      dryRun: boolean;
      streams: string[];
      status: "pending" | "running" | "completed" | "failed" | "cancelled";
      progress: {
        stream: string;
        phase: string;
        streamsDone: number;
      } | null;
      /** By stream */
      counts: Record<string, {
        created: number;
        updated: number;
        deleted: number;
        unchanged: number;
        /** Changes of ours that went out */
        pushed: number;
        /** Fields that both sides had changed */
        conflicts: number;
        /** Could not be taken over; they are tried again */
        quarantined: number;
      }>;
      /** The first hundred conflicts and refusals */
      report: {
        stream: string;
        record: string;
        code: string;
        message: string;
      }[];
      error: {
        code: string;
        message: string;
      } | null;
      startedAt: string | null;
      completedAt: string | null;
      createdAt: string;
    };
    "apiV1.IntegrationSyncInput": {
      /** full: everything is read again */
      mode?: "incremental" | "full";
      /** Each page is done and taken back: counts and report say what would happen */
      dryRun?: boolean;
      streams?: string[];
    };
    "apiV1.IntegrationUsage": {
      startDate: string;
      endDate: string;
      totals: {
        apiCalls: number;
        successfulCalls: number;
        failedCalls: number;
        rateLimitedCalls: number;
        averageLatencyMs: number | null;
        maxLatencyMs: number;
        /** Decimal text */
        costUsd: string;
        errors: Record<string, number>;
        successRate: number | null;
      };
      days: ({
        date: string;
        apiCalls: number;
        successfulCalls: number;
        failedCalls: number;
        rateLimitedCalls: number;
        averageLatencyMs: number | null;
        maxLatencyMs: number;
        /** Decimal text */
        costUsd: string;
        errors: Record<string, number>;
      })[];
    };
    "apiV1.IntentAlert": {
      id: string;
      type: "spike" | "tier_change";
      prospectId: string | null;
      accountId: string | null;
      name: string | null;
      score: number;
      previousScore: number;
      tier: "low" | "warm" | "hot" | "burning";
      previousTier: "low" | "warm" | "hot" | "burning" | null;
      details: Record<string, unknown>;
      detectedAt: string;
      acknowledgedAt: string | null;
      acknowledgedBy: string | null;
      note: string | null;
      version: number;
    };
    "apiV1.IntentAlertAcknowledgement": {
      note?: string;
    };
    "apiV1.IntentProspect": {
      prospectId: string;
      email: string | null;
      firstName: string | null;
      lastName: string | null;
      title: string | null;
      company: string | null;
      accountId: string | null;
      ownerId: string | null;
      teamId: string | null;
      intentScore: number;
      intentTier: "low" | "warm" | "hot" | "burning";
      liveSignals: number;
      lastSignalAt: string | null;
      /** Types of what weighs most */
      topSignals: string[];
    };
    "apiV1.IntentSignal": {
      id: string;
      type: "website_visit" | "linkedin_view" | "linkedin_engagement" | "job_posting" | "technographic_change" | "funding" | "news_mention" | "email_engagement" | "call_intent" | "form_submission" | "research_activity";
      topic: string | null;
      source: string;
      sourceKey: string | null;
      prospectId: string | null;
      accountId: string | null;
      strength: number;
      halfLifeDays: number;
      title: string | null;
      url: string | null;
      data: Record<string, unknown>;
      occurredAt: string;
      expiresAt: string;
      createdAt: string;
    };
    "apiV1.IntentSignalInput": {
      type: "website_visit" | "linkedin_view" | "linkedin_engagement" | "job_posting" | "technographic_change" | "funding" | "news_mention" | "email_engagement" | "call_intent" | "form_submission" | "research_activity";
      /** Of a person; or else accountId */
      prospectId?: string;
      /** Of a company as a whole; counts half for each of its people */
      accountId?: string;
      /** 1 to 100. Default by type: website_visit 25, linkedin_view 15, linkedin_engagement 25, job_posting 30, technographic_change 35, funding 45, news_mention 15, email_engagement 20, call_intent 50, form_submission 40, research_activity 20 */
      strength?: number;
      /** Who told it. Default: api */
      source?: string;
      /** Makes a repeated request a duplicate */
      sourceKey?: string;
      topic?: string;
      title?: string;
      url?: string;
      data?: Record<string, unknown>;
      /** Default: when the request came in */
      occurredAt?: string;
      /** Default: by the type, 60 to 270 days after it happened */
      expiresAt?: string;
    };
    "apiV1.IntentSummary": {
      totalProspects: number;
      withIntent: number;
      tiers: {
        low: number;
        warm: number;
        hot: number;
        burning: number;
      };
      /** Of those with a score above 0 */
      averageScore: number;
      liveSignals: number;
      signalsLast7Days: number;
      signalsByType: Record<string, number>;
      spikesLast7Days: number;
      unacknowledgedAlerts: number;
      accountsWithIntent: number;
    };
    "apiV1.IntentVisit": {
      /** A cookie of your site */
      visitorId: string;
      /** Rows of a session are anonymous until one of them names a customer */
      sessionId?: string;
      url: string;
      title?: string;
      referrer?: string;
      durationSeconds?: number;
      /** Of somebody who has said who they are */
      email?: string;
      /** Default: when the request came in */
      occurredAt?: string;
      /** Makes a repeated request a duplicate */
      externalId?: string;
    };
    "apiV1.Invitation": {
      id: string;
      email: string;
      role: "admin" | "user" | "viewer";
      teamId: string | null;
      status: "pending" | "accepted" | "revoked" | "expired";
      expiresAt: string;
      invitedBy: string | null;
      remindedAt: string | null;
      acceptedAt: string | null;
      acceptedUserId: string | null;
      createdAt: string;
      version: number;
    };
    "apiV1.InviteInput": {
      email: string;
      role?: "admin" | "user" | "viewer";
      /** Default: the inviter's own team */
      teamId?: string | null;
    };
    "apiV1.LeadScore": {
      /** 0 to 100: the sum of the points */
      score: number;
      grade: "A" | "B" | "C" | "D";
      factors: components['schemas']["apiV1.ScoreFactor"][];
      /** Part of the weights whose factors are known */
      coverage: number;
      predictionId: string;
      prospectId: string | null;
      model: {
        id: string | null;
        name: string;
        revision: number | null;
      };
      computedAt: string;
    };
    "apiV1.LinkedinEngagement": {
      id: string;
      prospectId: string;
      type: "profile_view" | "reaction" | "comment" | "share" | "connection" | "message";
      contentUrl: string | null;
      notes: string | null;
      userId: string | null;
      externalId: string | null;
      occurredAt: string;
      createdAt: string;
    };
    "apiV1.LinkedinEngagementInput": {
      /** Or else linkedinUrl */
      prospectId?: string;
      /** The prospect's profile */
      linkedinUrl?: string;
      type: "profile_view" | "reaction" | "comment" | "share" | "connection" | "message";
      contentUrl?: string;
      notes?: string;
      /** Whose profile or post it was */
      userId?: string;
      /** Makes a repeated request a duplicate */
      externalId?: string;
      occurredAt?: string;
    };
    "apiV1.LoginInput": {
      email: string;
      password: string;
    };
    "apiV1.MappingPreview": {
      /** Our fields that can be mapped */
      fields: string[];
      mapping: ({
        local: string;
        remote: string;
        direction: "in" | "out" | "both";
        transform?: Record<string, unknown>;
      })[];
      samples: {
        remote: Record<string, unknown>;
        local: Record<string, unknown>;
        /** Fields whose value was there and could not be read */
        lost: string[];
      }[];
    };
    "apiV1.MappingPreviewInput": {
      /** Default: that of the provider */
      mapping?: ({
        /** Our field */
        local: string;
        /** Their field */
        remote: string;
        direction: "in" | "out" | "both";
        transform?: {
          kind: "trim" | "lowercase" | "uppercase" | "number" | "day" | "text";
        } | {
          kind: "word";
          at: "first" | "last";
        } | {
          kind: "map";
          /** Their value → ours */
          values: Record<string, string | number | boolean | null>;
          /** Ours → theirs, where several of theirs are one of ours */
          out?: Record<string, string | number | boolean | null>;
        };
      })[];
      /** Records as the provider has them */
      samples: (Record<string, string | number | boolean | null>)[];
    };
    "apiV1.MarketplaceEntry": {
      slug: string;
      name: string;
      category: "crm" | "email" | "calendar" | "communication" | "enrichment" | "social" | "payment" | "automation" | "analytics" | "ads";
      about: string;
      auth: "oauth2" | "api_key" | "webhook";
      /** planned: cannot be installed yet */
      status: "available" | "planned";
      /** What an installation has to bring along */
      credentials: string[];
      options: {
        name: string;
        required: boolean;
        about: string;
      }[];
      streams: ({
        name: string;
        direction: "in" | "out" | "both";
        about: string;
        /** Comes in by webhook alone */
        told: boolean;
      })[];
      /** Calls per connection */
      limit: {
        burst: number;
        perSecond: number;
      } | null;
      costPerCallUsd: number;
      apiVersion: string | null;
      /** How its webhooks are signed */
      webhook: "stripe" | "segment" | "bearer" | "calls" | null;
      installed: boolean;
      integrationIds: string[];
      rating: {
        average: number | null;
        count: number;
      };
    };
    "apiV1.Me": {
      /** null: a key that belongs to no person */
      user: components['schemas']["apiV1.AccountUser"] | null;
      organization: components['schemas']["apiV1.AccountOrganization"];
      credential: "session" | "api_key";
      sessionId: string | null;
      /** Code names that this credential may use right now */
      permissions: string[];
    };
    "apiV1.Meeting": {
      id: string;
      title: string;
      prospectId: string | null;
      accountId: string | null;
      dealId: string | null;
      ownerId: string | null;
      startsAt: string;
      endsAt: string;
      timeZone: string;
      location: string | null;
      link: string | null;
      notes: string | null;
      outcome: string | null;
      attendees: ({
        name: string | null;
        email: string | null;
      })[];
      status: "scheduled" | "completed" | "cancelled" | "no_show";
      reminderMinutes: number;
      cost: number | null;
      costCurrency: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.MeetingChanges": {
      title?: string;
      /** What its people read; default: the owner's */
      timeZone?: string;
      location?: string | null;
      link?: string | null;
      notes?: string | null;
      /** Those with an address get an invitation; default: the prospect */
      attendees?: ({
        name?: string | null;
        email?: string | null;
      })[];
      ownerId?: string | null;
      reminderMinutes?: number;
      cost?: number | string | null;
      costCurrency?: string | null;
      startsAt?: string;
      endsAt?: string;
      outcome?: string | null;
      status?: "scheduled" | "completed" | "cancelled" | "no_show";
    };
    "apiV1.MeetingDetail": {
      id: string;
      title: string;
      prospectId: string | null;
      accountId: string | null;
      dealId: string | null;
      ownerId: string | null;
      startsAt: string;
      endsAt: string;
      timeZone: string;
      location: string | null;
      link: string | null;
      notes: string | null;
      outcome: string | null;
      attendees: ({
        name: string | null;
        email: string | null;
      })[];
      status: "scheduled" | "completed" | "cancelled" | "no_show";
      reminderMinutes: number;
      cost: number | null;
      costCurrency: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      /** Other scheduled meetings of its owner at that time: a warning */
      conflicts: {
        id: string;
        title: string;
        startsAt: string;
        endsAt: string;
      }[];
    };
    "apiV1.MeetingInput": {
      title?: string;
      /** What its people read; default: the owner's */
      timeZone?: string;
      location?: string | null;
      link?: string | null;
      notes?: string | null;
      /** Those with an address get an invitation; default: the prospect */
      attendees?: ({
        name?: string | null;
        email?: string | null;
      })[];
      ownerId?: string | null;
      reminderMinutes?: number;
      cost?: number | string | null;
      costCurrency?: string | null;
      startsAt: string;
      endsAt: string;
      prospectId?: string | null;
      accountId?: string | null;
      dealId?: string | null;
    };
    "apiV1.Member": {
      id: string;
      email: string;
      firstName: string | null;
      lastName: string | null;
      /** Both names, else the e-mail */
      name: string;
      phone: string | null;
      location: string | null;
      role: {
        id: string;
        number: number;
        name: string;
      } | null;
      baseLevel: "admin" | "user" | "viewer";
      /** The top-level team */
      team: {
        id: string;
        number: number;
        name: string;
      } | null;
      /** The team inside it, where the person is in one */
      subTeam: {
        id: string;
        number: number;
        name: string;
      } | null;
      manager: {
        id: string;
        name: string;
      } | null;
      userType: "product_user" | "observer";
      status: "active" | "inactive";
      /** null: the organization's */
      timezone: string | null;
      /** null: the organization's */
      language: string | null;
      lastActiveAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      /** Online for 5 minutes after the last sign, away for 30 */
      presence: "online" | "away" | "offline";
    };
    "apiV1.MemberActivity": {
      id: string;
      userId: string;
      userName: string;
      /** The key that the person used, where it was one */
      apiKeyId: string | null;
      action: string;
      entityType: string;
      entityId: string | null;
      requestId: string | null;
      at: string;
    };
    "apiV1.MemberRole": {
      role: "admin" | "user" | "viewer";
    };
    "apiV1.Notification": {
      id: string;
      type: "prospect.created" | "prospect.assigned" | "prospect.qualified" | "prospect.import_completed" | "deal.created" | "deal.stage_changed" | "deal.won" | "deal.lost" | "deal.at_risk" | "meeting.scheduled" | "meeting.reminder" | "meeting.cancelled" | "email.opened" | "email.clicked" | "email.replied" | "email.bounced" | "bulk_email.completed" | "cadence.completed" | "cadence.paused" | "bdr.approval_requested" | "bdr.approval_expired" | "bdr.handoff_ready" | "bdr.handoff_accepted" | "bdr.daily_limit_reached" | "intent.spike_detected" | "intent.tier_changed" | "ticket.created" | "ticket.assigned" | "ticket.replied" | "ticket.sla_warning" | "ticket.sla_breached" | "ticket.resolved" | "chat.waiting" | "chat.message" | "task.assigned" | "task.due_soon" | "task.overdue" | "campaign.sent" | "campaign.ab_winner" | "integration.sync_failed" | "integration.health_degraded" | "webhook.endpoint_disabled" | "report.ready" | "attribution.completed" | "attribution.failed" | "alert.triggered" | "fraud.incident_detected" | "experiment.concluded" | "billing.payment_failed" | "billing.plan_limit_reached" | "team.invitation_accepted" | "api_key.expiring";
      priority: "low" | "medium" | "high" | "urgent";
      title: string;
      body: string | null;
      entityType: string | null;
      entityId: string | null;
      readAt: string | null;
      archivedAt: string | null;
      createdAt: string;
      /** How many stand behind this one when asked for in groups */
      count: number;
    };
    "apiV1.NotificationRead": {
      read?: boolean;
    };
    "apiV1.OAuthCompletion": {
      integrationId: string;
      provider: string;
      syncId: string;
    };
    "apiV1.OAuthStart": {
      authorizationUrl: string;
      state: string;
      expiresAt: string;
    };
    "apiV1.Organization": {
      id: string;
      plan: "free" | "starter" | "pro" | "enterprise";
      name: string;
      timeZone: string;
      language: string;
      currency: string;
      /** 1 = Monday */
      weekStart: number;
      /** Month */
      fiscalYearStart: number;
      defaultPhoneRegion: string;
      defaultAttributionModel: string;
      /** Channels that count as direct */
      directChannels: string[];
      milestoneEventTypes: {
        lead: string[];
        opportunity: string[];
      };
      /** Intent: factor of AI_WEIGHTED */
      intentWeights: Record<string, number>;
      /** null: facts are kept */
      retentionDays: number | null;
      members: number;
      teams: number;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.OrganizationChanges": {
      name?: string;
      timeZone?: string;
      language?: string;
      currency?: string;
      /** 1 = Monday */
      weekStart?: number;
      /** Month */
      fiscalYearStart?: number;
      defaultPhoneRegion?: string;
      defaultAttributionModel?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      /** Channels that count as direct */
      directChannels?: string[];
      milestoneEventTypes?: {
        lead: string[];
        opportunity: string[];
      };
      /** Intent: factor of AI_WEIGHTED */
      intentWeights?: Record<string, number>;
      /** null: facts are kept */
      retentionDays?: number | null;
    };
    "apiV1.OutboxMessage": {
      id: string;
      channel: string;
      purpose: string;
      to: ({
        email: string;
        name: string | null;
      })[];
      from: string;
      subject: string;
      html: string;
      text: string;
      headers: Record<string, string>;
      /** The calendar entry that goes with an invitation */
      calendar?: {
        method: "REQUEST" | "CANCEL";
        text: string;
      };
      others?: {
        to: ({
          email: string;
          name: string | null;
        })[];
        cc: ({
          email: string;
          name: string | null;
        })[];
        bcc: ({
          email: string;
          name: string | null;
        })[];
      };
      replyTo?: string;
      attachments?: {
        fileName: string;
        mediaType: string;
        /** Base64 */
        content: string;
      }[];
      sendId: string;
      prospectId: string | null;
      createdAt: string;
    };
    "apiV1.OwnTeamChanges": {
      name?: string;
      description?: string | null;
      settings?: Record<string, unknown>;
    };
    "apiV1.PerformanceReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      activity: {
        callsMade: number;
        emailsSent: number;
        meetingsScheduled: number;
        linkedinMessages: number;
        smsSent: number;
        tasksCompleted: number;
      };
      pipeline: {
        /** Deals that are open now */
        pipeline: {
          currency: string;
          value: string;
          deals: number;
        }[];
        won: number;
        lost: number;
        winRate: number | null;
        averageDealSize: {
          currency: string;
          amount: string;
        }[];
        salesCycleDays: number | null;
      };
      email: {
        sent: number;
        /** Sent and not bounced */
        delivered: number;
        /** By people */
        opened: number;
        /** By people */
        clicked: number;
        replied: number;
        bounced: number;
        unsubscribed: number;
        openRate: number | null;
        clickRate: number | null;
        replyRate: number | null;
        bounceRate: number | null;
        suppressed: number;
        failed: number;
      };
    };
    "apiV1.PipelineReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      /** Deals that are open now */
      pipeline: {
        currency: string;
        value: string;
        deals: number;
      }[];
      won: number;
      lost: number;
      winRate: number | null;
      averageDealSize: {
        currency: string;
        amount: string;
      }[];
      salesCycleDays: number | null;
    };
    "apiV1.PipelineWaterfall": {
      currencies: ({
        currency: string;
        opening: number;
        openingDeals: number;
        closing: number;
        closingDeals: number;
        parts: ({
          part: "new" | "reopened" | "pulled_in" | "moved_in" | "grown" | "shrunk" | "slipped" | "moved_out" | "removed" | "lost" | "won";
          amount: number;
          changes: number;
        })[];
      })[];
    };
    "apiV1.Prediction": {
      id: string;
      subjectType: "customer" | "prospect";
      subjectId: string;
      predictionType: "lead_score" | "purchase_probability";
      score: number | null;
      probability: number | null;
      grade: "A" | "B" | "C" | "D" | null;
      modelName: string;
      modelId: string | null;
      modelRevision: number | null;
      /** What it was made of */
      factors: {
        factors?: components['schemas']["apiV1.ScoreFactor"][];
        coverage?: number;
        baseRate?: number;
        evidence?: ({
          sign: "incomingConversation" | "severalTouches" | "purchaseIntent" | "highIntentPage" | "severalChannels" | "returned";
          shown: boolean;
          /** By what it multiplies the odds */
          factor: number;
          ofBuyers: number;
          ofOthers: number;
        })[];
        sample?: {
          buyers: number;
          others: number;
        };
      };
      reason: string;
      predictedAt: string;
    };
    "apiV1.Preferences": {
      emailNotifications: boolean;
      emailFrequency: "instant" | "hourly" | "daily" | "weekly";
      desktopNotifications: boolean;
      weeklyDigest: boolean;
      theme: "light" | "dark";
      timezone: string;
      language: string;
      version: number;
    };
    "apiV1.PreferencesChanges": {
      emailNotifications?: boolean;
      emailFrequency?: "instant" | "hourly" | "daily" | "weekly";
      desktopNotifications?: boolean;
      weeklyDigest?: boolean;
      theme?: "light" | "dark";
      /** null: the organization's */
      timezone?: string | null;
      /** null: the organization's */
      language?: string | null;
    };
    "apiV1.PrivacyRequest": {
      id: string;
      kind: "export" | "erase";
      customerId: string;
      status: "pending" | "running" | "completed" | "failed";
      certificate: {
        completedAt: string;
        /** Records of the person */
        records: number;
        /** Rows by what was exported or removed */
        counts: Record<string, number>;
        statement: string;
      } | null;
      failureCode: string | null;
      createdAt: string;
      completedAt: string | null;
      version: number;
    };
    "apiV1.Profile": {
      id: string;
      email: string;
      firstName: string | null;
      lastName: string | null;
      /** Both names, else the e-mail */
      name: string;
      phone: string | null;
      location: string | null;
      role: {
        id: string;
        number: number;
        name: string;
      } | null;
      baseLevel: "admin" | "user" | "viewer";
      /** The top-level team */
      team: {
        id: string;
        number: number;
        name: string;
      } | null;
      /** The team inside it, where the person is in one */
      subTeam: {
        id: string;
        number: number;
        name: string;
      } | null;
      manager: {
        id: string;
        name: string;
      } | null;
      userType: "product_user" | "observer";
      status: "active" | "inactive";
      /** null: the organization's */
      timezone: string | null;
      /** null: the organization's */
      language: string | null;
      lastActiveAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      jobTitle: string | null;
      department: string | null;
      bio: string | null;
      avatarUrl: string | null;
      linkedinUrl: string | null;
      emailSignature: string | null;
    };
    "apiV1.ProfileChanges": {
      firstName?: string;
      lastName?: string | null;
      timezone?: string | null;
      language?: string | null;
      jobTitle?: string | null;
      department?: string | null;
      bio?: string | null;
      avatarUrl?: string | null;
      linkedinUrl?: string | null;
      emailSignature?: string | null;
    };
    "apiV1.Prospect": {
      id: string;
      email: string | null;
      phone: string | null;
      linkedinUrl: string | null;
      firstName: string | null;
      lastName: string | null;
      title: string | null;
      company: string | null;
      accountId: string | null;
      /** The person in journeys and attribution, once something was heard of them */
      customerId: string | null;
      status: "new" | "contacted" | "engaged" | "qualified" | "unqualified" | "customer" | "do_not_contact";
      relationshipStage: "cold" | "aware" | "engaged" | "opportunity" | "customer" | "former_customer";
      priorityScore: number | null;
      intentScore: number | null;
      intentTier: string | null;
      qualificationScore: number | null;
      bdrAssigned: boolean;
      enrichmentData: Record<string, unknown>;
      enrichmentStatus: string | null;
      enrichmentReason: string | null;
      aiInsights: Record<string, unknown>;
      timeZone: string | null;
      language: string | null;
      country: string | null;
      source: string | null;
      ownerId: string | null;
      teamId: string | null;
      custom: Record<string, unknown>;
      lastActivityAt: string | null;
      mergedIntoId: string | null;
      deletedAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.ProspectActivityInput": {
      type: "email_sent" | "email_received" | "call_made" | "call_received" | "meeting_scheduled" | "meeting_completed" | "linkedin_interaction" | "note_added";
      subject?: string | null;
      notes?: string | null;
      /** Default: now */
      occurredAt?: string;
    };
    "apiV1.ProspectChanges": {
      email?: string | null;
      phone?: string | null;
      linkedinUrl?: string | null;
      firstName?: string | null;
      lastName?: string | null;
      title?: string | null;
      company?: string | null;
      accountId?: string | null;
      priorityScore?: number | null;
      qualificationScore?: number | null;
      timeZone?: string | null;
      language?: string | null;
      country?: string | null;
      source?: string | null;
      ownerId?: string | null;
      teamId?: string | null;
      status?: "new" | "contacted" | "engaged" | "qualified" | "unqualified" | "customer" | "do_not_contact";
      relationshipStage?: "cold" | "aware" | "engaged" | "opportunity" | "customer" | "former_customer";
      /** Custom fields of the organization, by key; null takes one away */
      custom?: Record<string, unknown>;
    };
    "apiV1.ProspectImport": {
      id: string;
      status: "pending" | "running" | "completed" | "failed" | "cancelled" | "undoing" | "undone";
      /** Rows; null until they are counted */
      total: number | null;
      processed: number;
      created: number;
      updated: number;
      skipped: number;
      failed: number;
      /** The first ones; GET /v1/uploads/{id}/errors has all of them */
      errors: ({
        line: number;
        field: string | null;
        code: string;
        message: string;
      })[];
      dryRun: boolean;
      matchBy: ("email" | "phone" | "id")[];
      policy: "create_or_update" | "create" | "update";
      failure: {
        code: string;
        message: string;
      } | null;
      /** Records that an undo left: changed or used since */
      keptAfterUndo: number | null;
      /** The first 100 of them; lists leave them out */
      keptIds: string[];
      startedAt: string | null;
      completedAt: string | null;
      createdAt: string;
    };
    "apiV1.ProspectInput": {
      email?: string | null;
      phone?: string | null;
      linkedinUrl?: string | null;
      firstName?: string | null;
      lastName?: string | null;
      title?: string | null;
      company?: string | null;
      accountId?: string | null;
      priorityScore?: number | null;
      qualificationScore?: number | null;
      timeZone?: string | null;
      language?: string | null;
      country?: string | null;
      source?: string | null;
      ownerId?: string | null;
      teamId?: string | null;
      status?: "new" | "contacted" | "engaged" | "qualified" | "unqualified" | "customer" | "do_not_contact";
      relationshipStage?: "cold" | "aware" | "engaged" | "opportunity" | "customer" | "former_customer";
      /** Custom fields of the organization, by key; null takes one away */
      custom?: Record<string, unknown>;
      enrichmentEnabled?: boolean;
    };
    "apiV1.ProspectInsights": {
      prospectId: string;
      insights: ({
        /** For programs; the text is for people */
        type: string;
        level: "warning" | "positive" | "neutral";
        text: string;
        facts: Record<string, string | number>;
        /** The newest rows behind it, five at most of each kind */
        evidence: ({
          type: "activity" | "call" | "deal" | "task" | "meeting" | "interaction" | "page_view" | "conversion" | "prospect";
          id: string;
        })[];
      })[];
      computedAt: string;
    };
    "apiV1.ProspectIntent": {
      prospectId: string;
      accountId: string | null;
      /** 0 to 100, of this moment */
      score: number;
      tier: "low" | "warm" | "hot" | "burning";
      /** Against a week before: 5 points more or less */
      trend: "increasing" | "stable" | "decreasing";
      /** A week before */
      scoreBefore: number;
      computedAt: string;
      signals: ({
        id: string;
        type: "website_visit" | "linkedin_view" | "linkedin_engagement" | "job_posting" | "technographic_change" | "funding" | "news_mention" | "email_engagement" | "call_intent" | "form_submission" | "research_activity";
        topic: string | null;
        source: string;
        sourceKey: string | null;
        prospectId: string | null;
        accountId: string | null;
        strength: number;
        halfLifeDays: number;
        title: string | null;
        url: string | null;
        data: Record<string, unknown>;
        occurredAt: string;
        expiresAt: string;
        createdAt: string;
        /** Of a prospect: what happened at the company has level 'account' */
        level: "prospect" | "account";
        /** What is left of the strength */
        worth: number;
        /** Part of the score; all parts add up to 1 */
        share: number;
      })[];
      history: ({
        score: number;
        tier: "low" | "warm" | "hot" | "burning";
        signals: number;
        reason: "signal" | "time";
        computedAt: string;
      })[];
    };
    "apiV1.ProspectMerge": {
      mergeId: string;
      sourceId: string;
      targetId: string;
      /** How many rows of each kind name the target now */
      moved: Record<string, number>;
      /** Fields that the target lacked and took over */
      filled: string[];
      prospect: components['schemas']["apiV1.Prospect"];
    };
    "apiV1.ProspectUnmerge": {
      mergeId: string;
      sourceId: string;
      targetId: string;
      /** How many rows of each kind went back */
      restored: Record<string, number>;
      /** Changed since the merge: stays as it is */
      kept: {
        fields: string[];
        records: Record<string, number>;
      };
      undoneAt: string;
      /** The source, back again */
      prospect: components['schemas']["apiV1.Prospect"];
    };
    "apiV1.ProviderEvents": {
      /** What has happened, in the words of the provider */
      type?: string;
      /** Of the event; the same id is the same event */
      id?: string;
      /** The same, as Segment calls it */
      messageId?: string;
      /** Several events at once */
      batch?: ({
        /** What has happened, in the words of the provider */
        type?: string;
        /** Of the event; the same id is the same event */
        id?: string;
        /** The same, as Segment calls it */
        messageId?: string;
      } & Record<string, unknown>)[];
    } & Record<string, unknown>;
    "apiV1.ProviderWebhookReceipt": {
      received: true;
      duplicate: boolean;
    };
    "apiV1.ReceivedTicketMail": {
      outcome: "ticket" | "reply" | "refused";
      duplicate: boolean;
      ticketId: string | null;
      replyId: string | null;
      reason: "no_sender" | "auto_reply" | "bounce" | "mailing_list" | "own_mail" | "too_many" | null;
    };
    "apiV1.RecordedIntentSignal": {
      id: string;
      type: "website_visit" | "linkedin_view" | "linkedin_engagement" | "job_posting" | "technographic_change" | "funding" | "news_mention" | "email_engagement" | "call_intent" | "form_submission" | "research_activity";
      topic: string | null;
      source: string;
      sourceKey: string | null;
      prospectId: string | null;
      accountId: string | null;
      strength: number;
      halfLifeDays: number;
      title: string | null;
      url: string | null;
      data: Record<string, unknown>;
      occurredAt: string;
      expiresAt: string;
      createdAt: string;
      /** What became of the score of the person or company */
      effect: {
        id: string;
        score: number;
        tier: "low" | "warm" | "hot" | "burning";
        previousScore: number;
        previousTier: "low" | "warm" | "hot" | "burning" | null;
        alerts: ({
          id: string;
          type: "spike" | "tier_change";
        })[];
      } | null;
    };
    "apiV1.RefreshInput": {
      refreshToken: string;
    };
    "apiV1.RegisterInput": {
      organizationName: string;
      firstName: string;
      lastName?: string | null;
      email: string;
      /** At least 8 characters, at most 256; refused when anybody would try it first */
      password: string;
    };
    "apiV1.ResetPasswordInput": {
      token: string;
      /** At least 8 characters, at most 256; refused when anybody would try it first */
      password: string;
    };
    "apiV1.ResponseTimeReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      rows: ({
        channel: "email" | "sms";
        ownerId: string | null;
        ownerName: string | null;
        replies: number;
        medianSeconds: number;
        averageSeconds: number;
      })[];
    };
    "apiV1.SatisfactionLink": {
      ticketId: string;
      url: string;
      token: string;
      expiresAt: string;
    };
    "apiV1.ScoreFactor": {
      factor: "demographic" | "behavioral" | "intent" | "firmographic" | "technographic" | "interactionHistory" | "engagementLevel" | "purchaseProbability" | "accountAttributes";
      /** 0 to 100; null: nothing is known */
      value: number | null;
      /** Part of all weights */
      weight: number;
      /** What it adds to the score */
      points: number;
      evidence: Record<string, unknown>;
    };
    "apiV1.ScoreThreshold": {
      id: string;
      name: string;
      modelId: string | null;
      minScore: number;
      action: "assign" | "enroll" | "notify";
      config: {
        /** assign: the new owner; notify: who is told, else the owner */
        userId?: string;
        /** assign: also those who have an owner */
        reassign?: boolean;
        /** enroll: a static list */
        listId?: string;
        /** enroll: a cadence, in the name of the owner; needs cadences.edit */
        cadenceId?: string;
      };
      isActive: boolean;
      /** Who stands above it now */
      above: number;
      /** How many of them it did what for: assigned, enrolled, notified, or why not */
      outcomes: Record<string, number>;
      createdAt: string;
      version: number;
    };
    "apiV1.ScoreThresholdInput": {
      name: string;
      /** Only for scores of this model */
      modelId?: string;
      minScore: number;
      action: "assign" | "enroll" | "notify";
      config?: {
        /** assign: the new owner; notify: who is told, else the owner */
        userId?: string;
        /** assign: also those who have an owner */
        reassign?: boolean;
        /** enroll: a static list */
        listId?: string;
        /** enroll: a cadence, in the name of the owner; needs cadences.edit */
        cadenceId?: string;
      };
    };
    "apiV1.ScoringModel": {
      id: string;
      name: string;
      description: string | null;
      /** Raised by every change of weights, profile or thresholds */
      revision: number;
      /** What each factor weighs beside the others; one that is left out weighs nothing */
      weights: {
        /** Who they are: title, industry and size of the company against the profile */
        demographic?: number;
        /** What they did in the last 60 days: pages, content, e-mails */
        behavioral?: number;
        /** The intent score of this moment */
        intent?: number;
        /** How large the company is: revenue and employees */
        firmographic?: number;
        /** What the company works with, against the profile */
        technographic?: number;
        /** Conversations of the last 180 days, incoming ones first */
        interactionHistory?: number;
        /** Days of the last 30 on which they did something themselves */
        engagementLevel?: number;
        /** What conversations said of a purchase, the latest first */
        purchaseProbability?: number;
        /** Stage of the account, whether it is a target, open deals */
        accountAttributes?: number;
      };
      /** Whom you look for; what it leaves open is not judged */
      profile: {
        /** Parts of titles */
        titles?: string[];
        industries?: string[];
        technologies?: string[];
        minEmployees?: number;
        maxEmployees?: number;
      };
      /** Least scores of the grades; default 80, 60, 40 */
      thresholds: {
        a?: number;
        b?: number;
        c?: number;
      };
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.ScoringModelChanges": {
      name?: string;
      description?: string | null;
      /** What each factor weighs beside the others; one that is left out weighs nothing */
      weights?: {
        /** Who they are: title, industry and size of the company against the profile */
        demographic?: number;
        /** What they did in the last 60 days: pages, content, e-mails */
        behavioral?: number;
        /** The intent score of this moment */
        intent?: number;
        /** How large the company is: revenue and employees */
        firmographic?: number;
        /** What the company works with, against the profile */
        technographic?: number;
        /** Conversations of the last 180 days, incoming ones first */
        interactionHistory?: number;
        /** Days of the last 30 on which they did something themselves */
        engagementLevel?: number;
        /** What conversations said of a purchase, the latest first */
        purchaseProbability?: number;
        /** Stage of the account, whether it is a target, open deals */
        accountAttributes?: number;
      };
      /** Whom you look for; what it leaves open is not judged */
      profile?: {
        /** Parts of titles */
        titles?: string[];
        industries?: string[];
        technologies?: string[];
        minEmployees?: number;
        maxEmployees?: number;
      };
      /** Least scores of the grades; default 80, 60, 40 */
      thresholds?: {
        a?: number;
        b?: number;
        c?: number;
      };
      isActive?: boolean;
    };
    "apiV1.ScoringModelInput": {
      name: string;
      description?: string | null;
      /** What each factor weighs beside the others; one that is left out weighs nothing */
      weights: {
        /** Who they are: title, industry and size of the company against the profile */
        demographic?: number;
        /** What they did in the last 60 days: pages, content, e-mails */
        behavioral?: number;
        /** The intent score of this moment */
        intent?: number;
        /** How large the company is: revenue and employees */
        firmographic?: number;
        /** What the company works with, against the profile */
        technographic?: number;
        /** Conversations of the last 180 days, incoming ones first */
        interactionHistory?: number;
        /** Days of the last 30 on which they did something themselves */
        engagementLevel?: number;
        /** What conversations said of a purchase, the latest first */
        purchaseProbability?: number;
        /** Stage of the account, whether it is a target, open deals */
        accountAttributes?: number;
      };
      /** Whom you look for; what it leaves open is not judged */
      profile?: {
        /** Parts of titles */
        titles?: string[];
        industries?: string[];
        technologies?: string[];
        minEmployees?: number;
        maxEmployees?: number;
      };
      /** Least scores of the grades; default 80, 60, 40 */
      thresholds?: {
        a?: number;
        b?: number;
        c?: number;
      };
      /** The active one takes the place of the one before */
      isActive?: boolean;
    };
    "apiV1.Segment": {
      id: string;
      name: string;
      description: string | null;
      criteria: Record<string, unknown>;
      memberCount: number | null;
      countedAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.SegmentChanges": {
      name?: string;
      description?: string | null;
      /** A tree of {"and": […]}, {"or": […]}, {"not": …} and {"field", "op", "value"} over prospects. Fields: id, email, phone, linkedinUrl, firstName, lastName, title, company, accountId, customerId, status, relationshipStage, priorityScore, intentScore, intentTier, qualificationScore, bdrAssigned, enrichmentStatus, timeZone, language, country, source, ownerId, teamId, lastActivityAt, createdAt, updatedAt, activities, touches, conversions, events, pageViews, deals, account, lists, and custom.<key> of your own. */
      criteria?: Record<string, unknown>;
    };
    "apiV1.SegmentInput": {
      name: string;
      description?: string | null;
      /** A tree of {"and": […]}, {"or": […]}, {"not": …} and {"field", "op", "value"} over prospects. Fields: id, email, phone, linkedinUrl, firstName, lastName, title, company, accountId, customerId, status, relationshipStage, priorityScore, intentScore, intentTier, qualificationScore, bdrAssigned, enrichmentStatus, timeZone, language, country, source, ownerId, teamId, lastActivityAt, createdAt, updatedAt, activities, touches, conversions, events, pageViews, deals, account, lists, and custom.<key> of your own. */
      criteria: Record<string, unknown>;
    };
    "apiV1.SegmentPreviewInput": {
      /** A tree of {"and": […]}, {"or": […]}, {"not": …} and {"field", "op", "value"} over prospects. Fields: id, email, phone, linkedinUrl, firstName, lastName, title, company, accountId, customerId, status, relationshipStage, priorityScore, intentScore, intentTier, qualificationScore, bdrAssigned, enrichmentStatus, timeZone, language, country, source, ownerId, teamId, lastActivityAt, createdAt, updatedAt, activities, touches, conversions, events, pageViews, deals, account, lists, and custom.<key> of your own. */
      criteria: Record<string, unknown>;
    };
    "apiV1.SendTimeReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      rows: ({
        /** ISO: 1 is Monday */
        weekday: number;
        hour: number;
        sent: number;
        /** Sent and not bounced */
        delivered: number;
        /** By people */
        opened: number;
        /** By people */
        clicked: number;
        replied: number;
        bounced: number;
        unsubscribed: number;
        openRate: number | null;
        clickRate: number | null;
        replyRate: number | null;
        bounceRate: number | null;
      })[];
    };
    "apiV1.Sender": {
      id: string;
      name: string;
      email: string;
      replyTo: string | null;
      userId: string | null;
      signatureHtml: string | null;
      postalAddress: string | null;
      isDefault: boolean;
      status: "active" | "paused";
      pausedBy: "person" | "breaker" | null;
      pausedReason: string | null;
      dailyCap: number | null;
      hourlyCap: number | null;
      warmup: {
        startedOn: string;
        start: number;
        increment: number;
        target: number;
        endsOn: string | null;
      } | null;
      today: {
        limit: number | null;
        used: number;
      };
      domain: {
        domain: string;
        spf: "pass" | "fail" | "missing" | "unknown";
        dkim: "pass" | "fail" | "missing" | "unknown";
        dmarc: "pass" | "fail" | "missing" | "unknown";
        verified: boolean;
        findings: ({
          check: "spf" | "dkim" | "dmarc";
          message: string;
        })[];
        checkedAt: string;
      } | null;
      /** Of the last 30 days */
      health: {
        state: "good" | "warning" | "bad";
        sent: number;
        delivered: number;
        hardBounces: number;
        complaints: number;
      };
      /** Whether marketing and sequences may leave from it */
      readyForMarketing: boolean;
      /** What is missing: DOMAIN_NOT_VERIFIED, POSTAL_ADDRESS_MISSING */
      notReady: string[];
      /** Whether events of the provider have to be signed */
      hasEventKey: boolean;
      /** For `?token=` of /emails/webhook/sendgrid, /emails/webhook/inbound and /sms/webhook/twilio; for whoever may change senders */
      webhookToken: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.SenderChanges": {
      replyTo?: string | null;
      /** Whose sender it is; they write with it unless another one is named */
      userId?: string | null;
      signatureHtml?: string | null;
      /** Stands below marketing and sequences; the law of many countries asks for it */
      postalAddress?: string | null;
      isDefault?: boolean;
      dailyCap?: number | null;
      hourlyCap?: number | null;
      /** The verification key of SendGrid's signed event webhook */
      eventPublicKey?: string | null;
      /** Where the DKIM keys stand; default: the usual ones of large providers */
      dkimSelectors?: string[];
      name?: string;
      status?: "active" | "paused";
      checkDomain?: boolean;
    };
    "apiV1.SenderInput": {
      replyTo?: string | null;
      /** Whose sender it is; they write with it unless another one is named */
      userId?: string | null;
      signatureHtml?: string | null;
      /** Stands below marketing and sequences; the law of many countries asks for it */
      postalAddress?: string | null;
      isDefault?: boolean;
      dailyCap?: number | null;
      hourlyCap?: number | null;
      /** The verification key of SendGrid's signed event webhook */
      eventPublicKey?: string | null;
      /** Where the DKIM keys stand; default: the usual ones of large providers */
      dkimSelectors?: string[];
      name: string;
      email: string;
    };
    "apiV1.Session": {
      id: string;
      userId: string;
      /** The session of this request */
      current: boolean;
      userAgent: string | null;
      ipAddress: string | null;
      createdAt: string;
      lastUsedAt: string;
      expiresAt: string;
    };
    "apiV1.SignedIn": {
      /** The access token, again */
      token: string;
      /** Send it as Authorization: Bearer … */
      accessToken: string;
      /** Exchanged once for new tokens with POST /api/v1/auth/refresh */
      refreshToken: string;
      tokenType: "Bearer";
      /** Seconds until the access token expires */
      expiresIn: number;
      user: components['schemas']["apiV1.AccountUser"];
      organization: components['schemas']["apiV1.AccountOrganization"];
    };
    "apiV1.Sla": {
      id: string;
      name: string;
      description: string | null;
      isDefault: boolean;
      position: number;
      filter: Record<string, unknown> | null;
      segmentId: string | null;
      targets: Record<string, unknown>;
      calendar: Record<string, unknown> | null;
      warnAtPercent: number;
      warnBeforeMinutes: number | null;
      escalations: Record<string, unknown>[];
      /** Raised by every change of what it promises */
      number: number;
      openTickets: number;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.SlaChanges": {
      name?: string;
      description?: string | null;
      /** For tickets that no other policy matches; there is one at most */
      isDefault?: boolean;
      /** Lower is asked first; default 100 */
      position?: number;
      /** Which tickets it is for; without one and a segment, only those that name it */
      filter?: Record<string, unknown> | null;
      /** Only for requesters in this segment */
      segmentId?: string | null;
      targets?: {
        low?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        normal?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        high?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        urgent?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
      };
      /** Null: around the clock */
      calendar?: {
        timezone: string;
        days: {
          monday?: {
            start: string;
            end: string;
          }[];
          tuesday?: {
            start: string;
            end: string;
          }[];
          wednesday?: {
            start: string;
            end: string;
          }[];
          thursday?: {
            start: string;
            end: string;
          }[];
          friday?: {
            start: string;
            end: string;
          }[];
          saturday?: {
            start: string;
            end: string;
          }[];
          sunday?: {
            start: string;
            end: string;
          }[];
        };
        holidays?: string[];
      } | null;
      /** Share of the business time; default 80 */
      warnAtPercent?: number;
      /** Takes the place of the percentage */
      warnBeforeMinutes?: number | null;
      escalations?: {
        /** Minutes of business time after the breach */
        afterMinutes: number;
        userIds: string[];
      }[];
    };
    "apiV1.SlaClock": {
      targetMinutes: number;
      /** Null while paused */
      dueAt: string | null;
      metAt: string | null;
      breached: boolean;
      /** Business time; negative once it is late */
      remainingSeconds: number;
      countedSeconds: number;
    };
    "apiV1.SlaInput": {
      name: string;
      description?: string | null;
      /** For tickets that no other policy matches; there is one at most */
      isDefault?: boolean;
      /** Lower is asked first; default 100 */
      position?: number;
      /** Which tickets it is for; without one and a segment, only those that name it */
      filter?: Record<string, unknown> | null;
      /** Only for requesters in this segment */
      segmentId?: string | null;
      targets: {
        low?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        normal?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        high?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        urgent?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
      };
      /** Null: around the clock */
      calendar?: {
        timezone: string;
        days: {
          monday?: {
            start: string;
            end: string;
          }[];
          tuesday?: {
            start: string;
            end: string;
          }[];
          wednesday?: {
            start: string;
            end: string;
          }[];
          thursday?: {
            start: string;
            end: string;
          }[];
          friday?: {
            start: string;
            end: string;
          }[];
          saturday?: {
            start: string;
            end: string;
          }[];
          sunday?: {
            start: string;
            end: string;
          }[];
        };
        holidays?: string[];
      } | null;
      /** Share of the business time; default 80 */
      warnAtPercent?: number;
      /** Takes the place of the percentage */
      warnBeforeMinutes?: number | null;
      escalations?: {
        /** Minutes of business time after the breach */
        afterMinutes: number;
        userIds: string[];
      }[];
    };
    "apiV1.SlaState": {
      slaId: string | null;
      paused: boolean;
      firstResponse: components['schemas']["apiV1.SlaClock"] | null;
      /** Only while the customer waits for another answer */
      nextResponse: components['schemas']["apiV1.SlaClock"] | null;
      resolution: components['schemas']["apiV1.SlaClock"] | null;
      /** Every moment since the ticket was created, without a gap */
      explanation: ({
        from: string;
        to: string;
        seconds: number;
        counted: boolean;
        reason: "counting" | "outside_hours" | "holiday" | "pending" | "resolved" | "closed" | "no_policy";
        status: "new" | "open" | "pending" | "resolved" | "closed";
        priority: "low" | "normal" | "high" | "urgent";
      })[];
    };
    "apiV1.SlaWhatIf": {
      tickets: number;
      capped: boolean;
      firstResponse: components['schemas']["apiV1.SlaWhatIfTally"];
      /** Of waits: a customer may wait several times */
      nextResponse: components['schemas']["apiV1.SlaWhatIfTally"];
      resolution: components['schemas']["apiV1.SlaWhatIfTally"];
      examples: ({
        ticketId: string;
        number: number;
        metric: "first_response" | "next_response" | "resolution";
        wasBreached: boolean;
        wouldBreach: boolean;
      })[];
    };
    "apiV1.SlaWhatIfInput": {
      targets: {
        low?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        normal?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        high?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
        urgent?: {
          firstResponseMinutes?: number;
          nextResponseMinutes?: number;
          resolutionMinutes?: number;
        };
      };
      calendar?: {
        timezone: string;
        days: {
          monday?: {
            start: string;
            end: string;
          }[];
          tuesday?: {
            start: string;
            end: string;
          }[];
          wednesday?: {
            start: string;
            end: string;
          }[];
          thursday?: {
            start: string;
            end: string;
          }[];
          friday?: {
            start: string;
            end: string;
          }[];
          saturday?: {
            start: string;
            end: string;
          }[];
          sunday?: {
            start: string;
            end: string;
          }[];
        };
        holidays?: string[];
      } | null;
      filter?: Record<string, unknown> | null;
      from: string;
      until: string;
    };
    "apiV1.SlaWhatIfTally": {
      /** Tickets (or waits) that the policy would have promised it to */
      promised: number;
      breaches: number;
      /** Of the same tickets, as it was */
      breachesNow: number;
      newlyBreached: number;
      nowKept: number;
    };
    "apiV1.Statement": {
      ordinal: number;
      speaker: string | null;
      role: "rep" | "customer" | null;
      text: string;
      startMs: number | null;
      endMs: number | null;
      sentiment: "positive" | "neutral" | "negative" | null;
      sentimentScore: number | null;
    };
    "apiV1.StepExperiment": {
      cadenceId: string;
      cadenceName: string;
      stepId: string;
      stepNumber: number;
      metric: "replied" | "opened";
      verdict: "significant" | "not_significant" | "too_few";
      /** Differs from every other one at 5 %, divided by the number of comparisons */
      winner: string | null;
      variants: ({
        name: string;
        trials: number;
        successes: number;
        rate: number | null;
        /** Two-sided, against the first one; null where there is too little to say */
        pValue: number | null;
        isSignificant: boolean;
      })[];
    };
    "apiV1.Task": {
      id: string;
      title: string;
      type: "call" | "email" | "linkedin" | "sms" | "meeting" | "follow_up" | "other";
      notes: string | null;
      prospectId: string | null;
      prospectName: string | null;
      accountId: string | null;
      dealId: string | null;
      assigneeId: string | null;
      teamId: string | null;
      createdBy: string | null;
      priority: "low" | "normal" | "high" | "urgent";
      status: "open" | "completed" | "cancelled";
      dueAt: string | null;
      /** Open, and its time is past */
      overdue: boolean;
      completedAt: string | null;
      completedBy: string | null;
      outcome: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.TaskChanges": {
      title?: string;
      type?: "call" | "email" | "linkedin" | "sms" | "meeting" | "follow_up" | "other";
      notes?: string | null;
      priority?: "low" | "normal" | "high" | "urgent";
      dueAt?: string | null;
      assigneeId?: string | null;
      teamId?: string | null;
    };
    "apiV1.TaskCompletion": {
      outcome?: string;
      notes?: string;
    };
    "apiV1.TaskInput": {
      title?: string;
      type?: "call" | "email" | "linkedin" | "sms" | "meeting" | "follow_up" | "other";
      notes?: string | null;
      priority?: "low" | "normal" | "high" | "urgent";
      dueAt?: string | null;
      /** Default: you */
      assigneeId?: string | null;
      teamId?: string | null;
      prospectId?: string | null;
      accountId?: string | null;
      dealId?: string | null;
    };
    "apiV1.TeamDetail": {
      id: string;
      number: number;
      name: string;
      description: string | null;
      vendor: {
        id: string;
        code: string;
        name: string;
      } | null;
      /** People in this very team */
      members: number;
      parent: {
        id: string;
        number: number;
        name: string;
      } | null;
      /** With those of the teams inside it */
      totalMembers: number;
      subTeams: ({
        id: string;
        number: number;
        name: string;
        description: string | null;
        vendor: {
          id: string;
          code: string;
          name: string;
        } | null;
        /** People in this very team */
        members: number;
      })[];
      settings: Record<string, unknown>;
      createdAt: string;
      updatedAt: string;
      version: number;
      /** The first 200 members by name */
      people: {
        id: string;
        name: string;
        email: string;
        status: string;
      }[];
    };
    "apiV1.TemplateReport": {
      startDate: string;
      endDate: string;
      timeZone: string;
      rows: ({
        templateId: string;
        name: string;
        sent: number;
        /** Sent and not bounced */
        delivered: number;
        /** By people */
        opened: number;
        /** By people */
        clicked: number;
        replied: number;
        bounced: number;
        unsubscribed: number;
        openRate: number | null;
        clickRate: number | null;
        replyRate: number | null;
        bounceRate: number | null;
      })[];
    };
    "apiV1.Ticket": {
      id: string;
      /** Counted in your organization; people name tickets by it */
      number: number;
      subject: string;
      description: string | null;
      status: "new" | "open" | "pending" | "resolved" | "closed";
      priority: "low" | "normal" | "high" | "urgent";
      channel: "api" | "email" | "portal" | "chat" | "phone" | "web" | "social";
      requesterEmail: string | null;
      requesterName: string | null;
      prospectId: string | null;
      accountId: string | null;
      assigneeId: string | null;
      teamId: string | null;
      tags: string[];
      language: string | null;
      custom: Record<string, unknown>;
      slaId: string | null;
      /** The worst that is going on; `none`: nothing was promised */
      slaState: "none" | "running" | "paused" | "warned" | "breached" | "met";
      firstResponseDueAt: string | null;
      nextResponseDueAt: string | null;
      /** Null while paused, or where nothing was promised */
      resolutionDueAt: string | null;
      firstResponseBreached: boolean;
      nextResponseBreached: boolean;
      resolutionBreached: boolean;
      firstRespondedAt: string | null;
      lastReplyAt: string | null;
      resolvedAt: string | null;
      closedAt: string | null;
      reopenedCount: number;
      satisfactionScore: number | null;
      mergedIntoId: string | null;
      splitFromId: string | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.TicketAnalytics": {
      period: {
        startDate: string;
        endDate: string;
        timezone: string;
      };
      previousPeriod: {
        startDate: string;
        endDate: string;
      } | null;
      run: {
        id: string;
        name: string;
        modelCode: string;
        generation: number;
        asOf: string;
        startDate: string | null;
        endDate: string | null;
        rangeInsideRun: boolean;
      } | null;
      modelCode: string;
      warnings: {
        code: string;
        message: string;
      }[];
      money: {
        /** grouped: a rate is missing, so amounts of different currencies stand apart in by_currency */
        mode: "single" | "converted" | "grouped";
        currency: string;
        /** Those of the facts */
        currencies: string[];
        /** Rates that were used */
        rates: {
          from: string;
          to: string;
          rate: number;
          effectiveOn: string;
          /** Stored in the other direction */
          inverse: boolean;
        }[];
      };
      groupBy: string[];
      rows: components['schemas']["apiV1.TicketAnalyticsRow"][];
      rowsTotal: number;
      /** What belongs to no value; with it the rows add up to the totals */
      unassigned: components['schemas']["apiV1.TicketAnalyticsRow"] | null;
      totals: components['schemas']["apiV1.TicketAnalyticsRow"];
    };
    "apiV1.TicketAnalyticsRow": {
      /** First day of the day, week or month */
      period?: string | null;
      agentId?: string | null;
      agentExternalId?: string | null;
      agentName?: string | null;
      teamId?: string | null;
      teamName?: string | null;
      vendorId?: string | null;
      vendorCode?: string | null;
      vendorName?: string | null;
      channel?: string | null;
      campaign?: string | null;
      contentId?: string | null;
      source?: string | null;
      intent?: string | null;
      /** Tickets created */
      ticketsCreated: number | null;
      /** Tickets resolved */
      ticketsResolved: number | null;
      /** Average first response time */
      avgFirstResponseTime: number | null;
      /** Average resolution time */
      avgResolutionTime: number | null;
      /** SLA breach rate */
      slaBreachRate: number | null;
      /** Tickets with a breach */
      slaBreaches: number | null;
      /** Customer satisfaction */
      csat: number | null;
      /** Average rating */
      avgRating: number | null;
      /** Ratings */
      ratings: number | null;
      /** Reopen rate */
      reopenRate: number | null;
      byCurrency: ({
        currency: string;
        /** Tickets created */
        ticketsCreated?: number | null;
        /** Tickets resolved */
        ticketsResolved?: number | null;
        /** Average first response time */
        avgFirstResponseTime?: number | null;
        /** Average resolution time */
        avgResolutionTime?: number | null;
        /** SLA breach rate */
        slaBreachRate?: number | null;
        /** Tickets with a breach */
        slaBreaches?: number | null;
        /** Customer satisfaction */
        csat?: number | null;
        /** Average rating */
        avgRating?: number | null;
        /** Ratings */
        ratings?: number | null;
        /** Reopen rate */
        reopenRate?: number | null;
      })[];
      previous: {
        /** Tickets created */
        ticketsCreated: number | null;
        /** Tickets resolved */
        ticketsResolved: number | null;
        /** Average first response time */
        avgFirstResponseTime: number | null;
        /** Average resolution time */
        avgResolutionTime: number | null;
        /** SLA breach rate */
        slaBreachRate: number | null;
        /** Tickets with a breach */
        slaBreaches: number | null;
        /** Customer satisfaction */
        csat: number | null;
        /** Average rating */
        avgRating: number | null;
        /** Ratings */
        ratings: number | null;
        /** Reopen rate */
        reopenRate: number | null;
      } | null;
      /** Relative change since the previous period */
      change: {
        /** Tickets created */
        ticketsCreated: number | null;
        /** Tickets resolved */
        ticketsResolved: number | null;
        /** Average first response time */
        avgFirstResponseTime: number | null;
        /** Average resolution time */
        avgResolutionTime: number | null;
        /** SLA breach rate */
        slaBreachRate: number | null;
        /** Tickets with a breach */
        slaBreaches: number | null;
        /** Customer satisfaction */
        csat: number | null;
        /** Average rating */
        avgRating: number | null;
        /** Ratings */
        ratings: number | null;
        /** Reopen rate */
        reopenRate: number | null;
      } | null;
    };
    "apiV1.TicketAssignment": {
      assigneeId?: string | null;
      teamId?: string | null;
    };
    "apiV1.TicketAttachment": {
      id: string;
      replyId: string | null;
      fileName: string;
      mediaType: string;
      sizeBytes: number;
    };
    "apiV1.TicketAttachmentPart": {
      id: string;
      replyId: string | null;
      fileName: string;
      mediaType: string;
      sizeBytes: number;
      part: number;
      /** Base64 */
      content: string;
      /** Another part follows */
      more: boolean;
    };
    "apiV1.TicketChanges": {
      subject?: string;
      description?: string | null;
      priority?: "low" | "normal" | "high" | "urgent";
      requesterEmail?: string | null;
      requesterName?: string | null;
      prospectId?: string | null;
      accountId?: string | null;
      tags?: string[];
      language?: string | null;
      custom?: Record<string, unknown>;
      /** Named: no other policy takes its place */
      slaId?: string | null;
      watcherIds?: string[];
      dealIds?: string[];
      prospectIds?: string[];
      status?: "new" | "open" | "pending" | "resolved" | "closed";
    };
    "apiV1.TicketDetail": {
      id: string;
      /** Counted in your organization; people name tickets by it */
      number: number;
      subject: string;
      description: string | null;
      status: "new" | "open" | "pending" | "resolved" | "closed";
      priority: "low" | "normal" | "high" | "urgent";
      channel: "api" | "email" | "portal" | "chat" | "phone" | "web" | "social";
      requesterEmail: string | null;
      requesterName: string | null;
      prospectId: string | null;
      accountId: string | null;
      assigneeId: string | null;
      teamId: string | null;
      tags: string[];
      language: string | null;
      custom: Record<string, unknown>;
      slaId: string | null;
      /** The worst that is going on; `none`: nothing was promised */
      slaState: "none" | "running" | "paused" | "warned" | "breached" | "met";
      firstResponseDueAt: string | null;
      nextResponseDueAt: string | null;
      /** Null while paused, or where nothing was promised */
      resolutionDueAt: string | null;
      firstResponseBreached: boolean;
      nextResponseBreached: boolean;
      resolutionBreached: boolean;
      firstRespondedAt: string | null;
      lastReplyAt: string | null;
      resolvedAt: string | null;
      closedAt: string | null;
      reopenedCount: number;
      satisfactionScore: number | null;
      mergedIntoId: string | null;
      splitFromId: string | null;
      createdBy: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
      watcherIds: string[];
      dealIds: string[];
      prospectIds: string[];
      replyCount: number;
      /** By the clock on the wall; business time is in the SLA */
      firstResponseSeconds: number | null;
      resolutionSeconds: number | null;
      attachments: components['schemas']["apiV1.TicketAttachment"][];
    };
    "apiV1.TicketInput": {
      subject: string;
      description?: string | null;
      priority?: "low" | "normal" | "high" | "urgent";
      requesterEmail?: string | null;
      requesterName?: string | null;
      prospectId?: string | null;
      accountId?: string | null;
      tags?: string[];
      language?: string | null;
      custom?: Record<string, unknown>;
      /** Named: no other policy takes its place */
      slaId?: string | null;
      watcherIds?: string[];
      dealIds?: string[];
      prospectIds?: string[];
      channel?: "api" | "email" | "portal" | "chat" | "phone" | "web" | "social";
      /** Named: the routing rules are not asked */
      assigneeId?: string | null;
      teamId?: string | null;
    };
    "apiV1.TicketMailbox": {
      id: string;
      address: string;
      name: string;
      teamId: string | null;
      createdAt: string;
      version: number;
    };
    "apiV1.TicketMailboxInput": {
      address: string;
      name: string;
      /** Takes its tickets */
      teamId?: string | null;
    };
    "apiV1.TicketMerge": {
      mergeId: string;
      sourceId: string;
      targetId: string;
      undoneAt: string | null;
      ticket: components['schemas']["apiV1.TicketDetail"];
    };
    "apiV1.TicketMergeInput": {
      sourceId: string;
    };
    "apiV1.TicketRating": {
      ticketId: string;
      score: number;
      comment: string | null;
      answeredAt: string;
    };
    "apiV1.TicketRatingInput": {
      token: string;
      score: number;
      comment?: string | null;
    };
    "apiV1.TicketReply": {
      id: string;
      ticketId: string;
      author: "agent" | "customer" | "system";
      authorId: string | null;
      authorName: string | null;
      authorEmail: string | null;
      body: string;
      isInternal: boolean;
      cannedResponseId: string | null;
      channel: string;
      /** The mail that takes it to the requester */
      sendId: string | null;
      createdAt: string;
    };
    "apiV1.TicketReplyInput": {
      body?: string;
      isInternal?: boolean;
      /** Its text, with the variables filled in, below the body */
      cannedResponseId?: string;
      /** Where the ticket goes with this reply */
      status?: "new" | "open" | "pending" | "resolved" | "closed";
    };
    "apiV1.TicketRoutingDryRun": {
      winner: components['schemas']["apiV1.TicketRoutingVerdict"] | null;
      rules: components['schemas']["apiV1.TicketRoutingVerdict"][];
    };
    "apiV1.TicketRoutingRule": {
      id: string;
      name: string;
      description: string | null;
      position: number;
      isActive: boolean;
      filter: Record<string, unknown> | null;
      strategy: "assignee" | "team" | "round_robin" | "least_loaded" | "skill" | "language";
      assigneeId: string | null;
      teamId: string | null;
      members: ({
        userId: string;
      } & Record<string, unknown>)[];
      lastAssignedId: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.TicketRoutingRuleChanges": {
      name?: string;
      description?: string | null;
      /** Lower is asked first; default 100 */
      position?: number;
      isActive?: boolean;
      filter?: Record<string, unknown> | null;
      strategy?: "assignee" | "team" | "round_robin" | "least_loaded" | "skill" | "language";
      assigneeId?: string | null;
      teamId?: string | null;
      /** Among whom it chooses; without them, the people of the team */
      members?: {
        userId: string;
        /** Tags that this person knows about */
        skills?: string[];
        languages?: string[];
        /** Open tickets at most */
        maxOpen?: number;
      }[];
    };
    "apiV1.TicketRoutingRuleInput": {
      name: string;
      description?: string | null;
      /** Lower is asked first; default 100 */
      position?: number;
      isActive?: boolean;
      filter?: Record<string, unknown> | null;
      strategy: "assignee" | "team" | "round_robin" | "least_loaded" | "skill" | "language";
      assigneeId?: string | null;
      teamId?: string | null;
      /** Among whom it chooses; without them, the people of the team */
      members?: {
        userId: string;
        /** Tags that this person knows about */
        skills?: string[];
        languages?: string[];
        /** Open tickets at most */
        maxOpen?: number;
      }[];
    };
    "apiV1.TicketRoutingVerdict": {
      ruleId: string;
      name: string;
      matches: boolean;
      outcome: "wins" | "not_asked" | "no_match" | "nobody_free";
      assigneeId: string | null;
      teamId: string | null;
    };
    "apiV1.TicketSplitInput": {
      subject: string;
      replyIds: string[];
    };
    "apiV1.TicketSurvey": {
      id: string;
      ticketId: string;
      status: "planned" | "sent" | "answered" | "expired" | "cancelled";
      score: number | null;
      comment: string | null;
      sendAt: string;
      sentAt: string | null;
      expiresAt: string;
      answeredAt: string | null;
    };
    "apiV1.TicketSurveyForm": {
      score: number;
      comment?: string;
    };
    "apiV1.TranscribeInput": {
      /** Statements with their speakers, WebVTT, SubRip, or lines like "Ada: good morning" */
      transcript?: string | {
        speaker?: string;
        text: string;
        startSeconds?: number;
        endSeconds?: number;
      }[];
      transcriptUrl?: string;
      /** Who speaks for whom; names as in the transcript */
      participants?: ({
        name: string;
        role: "rep" | "customer";
      })[];
    };
    "apiV1.User": {
      id: string;
      email: string;
      firstName: string | null;
      lastName: string | null;
      /** Both names, else the e-mail */
      name: string;
      phone: string | null;
      location: string | null;
      role: {
        id: string;
        number: number;
        name: string;
      } | null;
      baseLevel: "admin" | "user" | "viewer";
      /** The top-level team */
      team: {
        id: string;
        number: number;
        name: string;
      } | null;
      /** The team inside it, where the person is in one */
      subTeam: {
        id: string;
        number: number;
        name: string;
      } | null;
      manager: {
        id: string;
        name: string;
      } | null;
      userType: "product_user" | "observer";
      status: "active" | "inactive";
      /** null: the organization's */
      timezone: string | null;
      /** null: the organization's */
      language: string | null;
      lastActiveAt: string | null;
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.VisitReceipt": {
      id: string;
      externalId: string | null;
    };
    "apiV1.Warmup": {
      senders: ({
        senderId: string;
        email: string;
        warmup: {
          startedOn: string;
          start: number;
          increment: number;
          target: number;
          endsOn: string | null;
        } | null;
        dailyCap: number | null;
        today: {
          day: string;
          limit: number | null;
          used: number;
        };
      })[];
    };
    "apiV1.WarmupInput": {
      /** Default: the default sender */
      senderId?: string;
      enabled?: boolean;
      startVolume?: number;
      increment?: number;
      target?: number;
      /** Default: today, or the day on which the running ramp began */
      startedOn?: string;
    };
    "apiV1.WebhookEndpoint": {
      id: string;
      url: string;
      description: string | null;
      events: string[];
      filters: Record<string, unknown>;
      active: boolean;
      disabledReason: "manual" | "failing" | "gone" | null;
      disabledAt: string | null;
      ordered: boolean;
      batch: {
        maxEvents: number;
        maxWaitSeconds: number;
      } | null;
      /** Until then deliveries are signed by the secret from before the rotation as well */
      previousSecretExpiresAt: string | null;
      health: "healthy" | "degraded" | "failing" | "disabled";
      createdAt: string;
      updatedAt: string;
      version: number;
    };
    "apiV1.WebhookEndpointChanges": {
      /** https; http and other ports only outside production */
      url?: string;
      description?: string | null;
      /** Names and patterns: deal.won, deal.*, * */
      events?: string[];
      /** Kind of record → filter: {"deal": {"field": "amount", "op": "gte", "value": "10000"}}. Only events whose record fulfils it are sent; other kinds are not filtered. GET /webhooks/events names the fields. */
      filters?: Record<string, unknown>;
      active?: boolean;
      /** Of one record, an event waits until the one before it was delivered or given up; off by default */
      ordered?: boolean;
      batch?: {
        maxEvents: number;
        maxWaitSeconds?: number;
      } | null;
    };
    "apiV1.WebhookEndpointInput": {
      /** https; http and other ports only outside production */
      url: string;
      description?: string | null;
      /** Names and patterns: deal.won, deal.*, * */
      events: string[];
      /** Kind of record → filter: {"deal": {"field": "amount", "op": "gte", "value": "10000"}}. Only events whose record fulfils it are sent; other kinds are not filtered. GET /webhooks/events names the fields. */
      filters?: Record<string, unknown>;
      active?: boolean;
      /** Of one record, an event waits until the one before it was delivered or given up; off by default */
      ordered?: boolean;
      batch?: {
        maxEvents: number;
        maxWaitSeconds?: number;
      } | null;
    };
    "apiV1.WebhookEndpointWithHealth": {
      id: string;
      url: string;
      description: string | null;
      events: string[];
      filters: Record<string, unknown>;
      active: boolean;
      disabledReason: "manual" | "failing" | "gone" | null;
      disabledAt: string | null;
      ordered: boolean;
      batch: {
        maxEvents: number;
        maxWaitSeconds: number;
      } | null;
      /** Until then deliveries are signed by the secret from before the rotation as well */
      previousSecretExpiresAt: string | null;
      health: "healthy" | "degraded" | "failing" | "disabled";
      createdAt: string;
      updatedAt: string;
      version: number;
      healthDetails: {
        consecutiveFailures: number;
        /** Five days of it disable the endpoint */
        failingSince: string | null;
        /** Nothing is sent before, because of failures or Retry-After */
        blockedUntil: string | null;
        lastSuccessAt: string | null;
        lastFailureAt: string | null;
        pending: number;
        /** Given up; POST /webhooks/logs/{logId}/retry sends one again */
        dead: number;
        last24Hours: {
          attempts: number;
          succeeded: number;
          successRate: number | null;
          averageLatencyMs: number | null;
        };
      };
    };
    "apiV1.WebhookEndpointWithSecret": {
      id: string;
      url: string;
      description: string | null;
      events: string[];
      filters: Record<string, unknown>;
      active: boolean;
      disabledReason: "manual" | "failing" | "gone" | null;
      disabledAt: string | null;
      ordered: boolean;
      batch: {
        maxEvents: number;
        maxWaitSeconds: number;
      } | null;
      /** Until then deliveries are signed by the secret from before the rotation as well */
      previousSecretExpiresAt: string | null;
      health: "healthy" | "degraded" | "failing" | "disabled";
      createdAt: string;
      updatedAt: string;
      version: number;
      /** whsec_…, for verifying signatures; shown here and never again */
      secret: string;
    };
    "apiV1.WebhookEvents": {
      events: {
        name: string;
        summary: string;
        entityType: string;
        schemaVersion: number;
        /** false: can be subscribed to, and is sent by a later version */
        available: boolean;
        /** JSON Schema of the body */
        schema: Record<string, unknown>;
        example: Record<string, unknown>;
        /** What filters may name, with types */
        filterFields: Record<string, string>;
      }[];
    };
    "apiV1.WebhookLog": {
      id: string;
      endpointId: string;
      /** The webhook-id header, the same at every attempt */
      webhookId: string;
      kind: "event" | "test";
      eventId: string | null;
      eventType: string;
      entityType: string;
      entityId: string | null;
      occurredAt: string;
      batchId: string | null;
      /** dead: given up after the last attempt */
      status: "pending" | "delivered" | "dead";
      attemptCount: number;
      nextAttemptAt: string | null;
      /** Of the newest attempt; null without an answer */
      statusCode: number | null;
      latencyMs: number | null;
      error: string | null;
      deliveredAt: string | null;
      createdAt: string;
      /** The newest twenty */
      attempts: ({
        number: number;
        attemptedAt: string;
        statusCode: number | null;
        latencyMs: number;
        error: string | null;
        /** At most the first 1,024 bytes */
        responseExcerpt: string | null;
      })[];
    };
    "apiV1.WebhookReplay": {
      id: string;
      from: string;
      to: string;
      /** Events that are on their way now */
      queued: number;
    };
    "apiV1.WebhookReplayInput": {
      from: string;
      to: string;
      events?: string[];
    };
    "apiV1.WebhookSecretRotation": {
      overlapSeconds?: number;
    };
    "apiV1.WebsiteVisitor": {
      id: string;
      /** Somebody, beyond a browser */
      identified: boolean;
      prospectId: string | null;
      prospectName: string | null;
      accountId: string | null;
      accountName: string | null;
      customerId: string | null;
      firstSeenAt: string;
      lastSeenAt: string;
      pageViews: number;
      sessions: number;
      lastUrl: string | null;
      firstReferrer: string | null;
      intentScore: number;
      intentTier: "low" | "warm" | "hot" | "burning";
    };
    "apiV1.WebsiteVisitorDetail": {
      id: string;
      /** Somebody, beyond a browser */
      identified: boolean;
      prospectId: string | null;
      prospectName: string | null;
      accountId: string | null;
      accountName: string | null;
      customerId: string | null;
      firstSeenAt: string;
      lastSeenAt: string;
      pageViews: number;
      sessions: number;
      lastUrl: string | null;
      firstReferrer: string | null;
      intentScore: number;
      intentTier: "low" | "warm" | "hot" | "burning";
      topics: {
        topic: string;
        days: number;
        hits: number;
        seconds: number;
        lastAt: string;
      }[];
      recentPageViews: ({
        id: string;
        url: string;
        title: string | null;
        durationSeconds: number | null;
        occurredAt: string;
      })[];
    };
    "apiV1.WinLoss": {
      total: {
        key: string | null;
        won: number;
        lost: number;
        winRate: number | null;
        /** 95 % interval by Wilson */
        winRateLow: number | null;
        winRateHigh: number | null;
        cycleDaysWon: number | null;
        cycleDaysLost: number | null;
        amounts: ({
          currency: string;
          won: number;
          lost: number;
          averageWon: number | null;
        })[];
      };
      groups: ({
        key: string | null;
        won: number;
        lost: number;
        winRate: number | null;
        /** 95 % interval by Wilson */
        winRateLow: number | null;
        winRateHigh: number | null;
        cycleDaysWon: number | null;
        cycleDaysLost: number | null;
        amounts: ({
          currency: string;
          won: number;
          lost: number;
          averageWon: number | null;
        })[];
      })[];
      reasons: ({
        key: string | null;
        won: number;
        lost: number;
        winRate: number | null;
        /** 95 % interval by Wilson */
        winRateLow: number | null;
        winRateHigh: number | null;
        cycleDaysWon: number | null;
        cycleDaysLost: number | null;
        amounts: ({
          currency: string;
          won: number;
          lost: number;
          averageWon: number | null;
        })[];
      })[];
    };
    "v1.AccountOrganization": {
      id: string;
      name: string;
      plan: string;
    };
    "v1.AccountUser": {
      id: string;
      email: string;
      first_name: string | null;
      last_name: string | null;
      /** Base level: admin, user or viewer */
      role: string;
      team_id: string | null;
    };
    "v1.Activity": {
      id: string;
      action: string;
      title: string;
      entity_type: string;
      entity_id: string | null;
      entity_name: string | null;
      actor: {
        kind: string;
        id: string | null;
        name: string | null;
      };
      at: string;
    };
    "v1.Agent": {
      id: string;
      external_id: string;
      name: string | null;
      user_id: string | null;
      team_id: string | null;
      vendor_id: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.AgentChanges": {
      name?: string | null;
      user_id?: string | null;
      /** Id or number of a team */
      team_id?: number | string | null;
      vendor_id?: string | null;
    };
    "v1.AgentInput": {
      /** How the source system names them */
      external_id: string;
      name?: string | null;
      user_id?: string | null;
      /** Id or number of a team */
      team_id?: number | string | null;
      vendor_id?: string | null;
    };
    "v1.AgentsRevenue": {
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      money: {
        /** grouped: a rate is missing, so amounts of different currencies stand apart in by_currency */
        mode: "single" | "converted" | "grouped";
        currency: string;
        /** Those of the facts */
        currencies: string[];
        /** Rates that were used */
        rates: {
          from: string;
          to: string;
          rate: number;
          effective_on: string;
          /** Stored in the other direction */
          inverse: boolean;
        }[];
      };
      group_by: string[];
      rows: components['schemas']["v1.AgentsRevenueRow"][];
      rows_total: number;
      /** What belongs to no value; with it the rows add up to the totals */
      unassigned: components['schemas']["v1.AgentsRevenueRow"] | null;
      totals: components['schemas']["v1.AgentsRevenueRow"];
    };
    "v1.AgentsRevenueRow": {
      /** First day of the day, week or month */
      period?: string | null;
      agent_id?: string | null;
      agent_external_id?: string | null;
      agent_name?: string | null;
      team_id?: string | null;
      team_name?: string | null;
      vendor_id?: string | null;
      vendor_code?: string | null;
      vendor_name?: string | null;
      channel?: string | null;
      campaign?: string | null;
      content_id?: string | null;
      source?: string | null;
      intent?: string | null;
      /** Total attributed revenue */
      attributed_revenue: number | null;
      /** Number of conversions */
      conversions: number | null;
      /** Attributed conversions */
      attributed_conversions: number | null;
      /** Conversion rate */
      conversion_rate: number | null;
      /** Average deal size */
      avg_deal_size: number | null;
      /** Total interactions */
      total_interactions: number | null;
      /** Call volume */
      call_volume: number | null;
      /** Average call duration */
      avg_call_duration: number | null;
      /** Share of revenue */
      revenue_share: number | null;
      by_currency: ({
        currency: string;
        /** Total attributed revenue */
        attributed_revenue?: number | null;
        /** Number of conversions */
        conversions?: number | null;
        /** Attributed conversions */
        attributed_conversions?: number | null;
        /** Conversion rate */
        conversion_rate?: number | null;
        /** Average deal size */
        avg_deal_size?: number | null;
        /** Total interactions */
        total_interactions?: number | null;
        /** Call volume */
        call_volume?: number | null;
        /** Average call duration */
        avg_call_duration?: number | null;
        /** Share of revenue */
        revenue_share?: number | null;
      })[];
      previous: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Conversion rate */
        conversion_rate: number | null;
        /** Average deal size */
        avg_deal_size: number | null;
        /** Total interactions */
        total_interactions: number | null;
        /** Call volume */
        call_volume: number | null;
        /** Average call duration */
        avg_call_duration: number | null;
        /** Share of revenue */
        revenue_share: number | null;
      } | null;
      /** Relative change since the previous period */
      change: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Conversion rate */
        conversion_rate: number | null;
        /** Average deal size */
        avg_deal_size: number | null;
        /** Total interactions */
        total_interactions: number | null;
        /** Call volume */
        call_volume: number | null;
        /** Average call duration */
        avg_call_duration: number | null;
        /** Share of revenue */
        revenue_share: number | null;
      } | null;
    };
    "v1.AttributionComparison": {
      id: string;
      base_run_id: string;
      run_id: string;
      /** Those that both runs have */
      models: ("FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY")[];
      status: "running" | "completed" | "failed";
      progress: {
        processed: number;
        total: number | null;
      };
      /** In the order in which the first run is turned into the second */
      steps: ({
        part: "configuration" | "identity" | "corrections" | "late_data" | "refunds";
        /** Whether anything differs between the runs here */
        changed: boolean;
        /** The run that holds the state once this part is applied */
        run_id: string;
      })[];
      created_at: string;
    };
    "v1.AttributionComparisonInput": {
      /** The run to start from */
      base_run_id: string;
      /** The run to arrive at */
      run_id: string;
    };
    "v1.AttributionComparisonTable": {
      dimension: "channel" | "campaign" | "agent" | "team" | "vendor" | "intent" | "source" | "day" | "week" | "month";
      columns: ({
        run_id: string;
        run_name: string;
        model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
        as_of: string | null;
        published_generation: number;
      })[];
      rows: ({
        key: string | null;
        label: string | null;
        currency: string;
        values: ({
          run_id: string;
          model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          credits: number;
          revenue: number;
        })[];
      })[];
      totals: ({
        currency: string;
        values: ({
          run_id: string;
          model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          credits: number;
          revenue: number;
        })[];
      })[];
      truncated: boolean;
      /** Of exactly two runs: the second less the first */
      difference: {
        base_run_id: string;
        run_id: string;
        /** Null until POST /v1/attribution/comparisons asks for it */
        explanation: components['schemas']["v1.AttributionComparison"] | null;
        rows: ({
          key: string | null;
          label: string | null;
          currency: string;
          model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          from: number;
          to: number;
          difference: number;
          /** What each part changes when it is applied after the ones before it; they sum to the difference */
          parts: {
            configuration: number;
            identity: number;
            corrections: number;
            late_data: number;
            refunds: number;
          } | null;
        })[];
        totals: ({
          currency: string;
          model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
          from: number;
          to: number;
          difference: number;
          /** What each part changes when it is applied after the ones before it; they sum to the difference */
          parts: {
            configuration: number;
            identity: number;
            corrections: number;
            late_data: number;
            refunds: number;
          } | null;
        })[];
      } | null;
    };
    "v1.AttributionExplanation": {
      result: components['schemas']["v1.AttributionResult"];
      model: {
        code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
        formula: string;
        edge_cases: string[];
      };
      conversion: {
        id: string;
        amount_minor: number;
        amount: number;
        currency: string;
        refund_of: string | null;
      };
      parameters: {
        half_life_hours?: number;
        scale?: number;
        first?: number;
        middle?: number;
        last?: number;
        milestone_share?: number;
        middle_share?: number;
        direct_channels?: string[];
        custom_weights?: components['schemas']["v1.CustomWeights"];
        /** By value, in units of 10^-12 */
        removal_effects?: Record<string, number>;
      };
      touches: ({
        interaction_id: string;
        external_interaction_id: string;
        /** interaction, page_view, or the type of the event */
        touch_type: string;
        /** From 1 on, by start, external id and id */
        position: number;
        channel: string;
        started_at: string;
        /** Whole number; weights are these divided by their sum */
        undivided_weight: number;
        is_primary_touch: boolean;
        seconds_before_newest_touch: number | null;
        purchase_probability: number | null;
        mean_probability: number | null;
        primary_intent: string | null;
        intent_weight: number | null;
        is_direct: boolean | null;
        /** What MARKOV and SHAPLEY tell touches apart by */
        value: string | null;
        touches_of_value: number | null;
      })[];
      undivided_sum: number;
      lead_at: string | null;
      opportunity_at: string | null;
      /** All rows of the conversion and model */
      shares: ({
        result_id: string;
        interaction_id: string;
        agent_id: string | null;
        team_id: string | null;
        agent_share: number;
        exact_units: number;
        units_rank: number;
        /** Weight in units of 10^-12 */
        weight_units: number;
        cut_minor: number;
        /** What was cut off, in units of 10^-12 of a minor unit */
        rest_minor: number;
        minor_rank: number;
        amount_minor: number;
      })[];
      /** How to come from the inputs to the weight and the amount */
      steps: string[];
      /** What decided this credit beyond the formula */
      rules: string[];
    };
    "v1.AttributionModel": {
      code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      description: string;
      best_for: string;
      use_case: string;
      formula: string;
      edge_cases: string[];
      /** Keys of a run's config that change it */
      config_keys: string[];
      /** Where the definition comes from, and which one was taken */
      sources: string[];
    };
    "v1.AttributionModelDetails": {
      markov: {
        dimension: "channel" | "campaign" | "vendor" | "source";
        order: number;
        /** With and without conversion */
        journeys: number;
        converted: number;
        states: number;
        conversion_probability: number;
        effects: {
          value: string;
          /** 1 − P(conversion without it) / P(conversion) */
          removal_effect: number;
          /** Removal effect divided by the sum of all */
          share: number;
          /** Share × converting journeys: the quantity that is published for this model */
          credit: number;
        }[];
        transitions: ({
          /** The touches that make up the state, oldest first; empty: the start */
          from: string[];
          /** The next touch; null where the journey ends */
          to: string | null;
          outcome: "conversion" | "lost" | null;
          count: number;
          probability: number;
        })[];
      } | null;
      shapley: {
        dimension: "channel" | "campaign" | "vendor" | "source";
        worth: "counts" | "rates";
        method: "exact" | "closed_form";
        /** With and without conversion */
        journeys: number;
        converted: number;
        values: {
          value: string;
          shapley: number;
          /** Shapley value divided by the sum of all */
          share: number;
          /** Share × converting journeys */
          credit: number;
        }[];
        /** All coalitions of up to 10 values; beyond, those that were observed */
        coalitions: {
          members: string[];
          /** That touched exactly these */
          journeys: number;
          converted: number;
          /** Of the coalition; with method closed_form its own conversions */
          worth: number;
        }[];
      } | null;
      /** Names of vendors by id, where the dimension is vendor */
      labels: Record<string, string>;
      /** LOW_SAMPLE: fewer than 100 converting journeys */
      warnings: string[];
    };
    "v1.AttributionModelSummaries": {
      ai_weighted?: {
        linear_fallback_conversions: number;
      };
      markov?: {
        dimension: "channel" | "campaign" | "vendor" | "source";
        order: number;
        /** With and without conversion */
        journeys: number;
        converted: number;
        states: number;
        conversion_probability: number;
        effects: {
          value: string;
          /** 1 − P(conversion without it) / P(conversion) */
          removal_effect: number;
          /** Removal effect divided by the sum of all */
          share: number;
          /** Share × converting journeys: the quantity that is published for this model */
          credit: number;
        }[];
      };
      shapley?: {
        dimension: "channel" | "campaign" | "vendor" | "source";
        worth: "counts" | "rates";
        method: "exact" | "closed_form";
        /** With and without conversion */
        journeys: number;
        converted: number;
        values: {
          value: string;
          shapley: number;
          /** Shapley value divided by the sum of all */
          share: number;
          /** Share × converting journeys */
          credit: number;
        }[];
      };
      /** Refunds that follow conversions of the run */
      refunds?: number;
      /** LOW_SAMPLE: fewer than 100 converting journeys */
      warnings?: string[];
    };
    "v1.AttributionProgress": {
      run_id: string;
      status: "pending" | "running" | "completed" | "failed";
      generation: number;
      /** Conversions of the newest generation */
      processed: number;
      /** Null until the work is cut into partitions */
      total: number | null;
      percent: number | null;
      partitions: {
        completed: number;
        total: number;
      };
      started_at: string | null;
      completed_at: string | null;
      failure: {
        code: string;
        message: string;
      } | null;
    };
    "v1.AttributionResult": {
      id: string;
      run_id: string;
      model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      conversion_id: string;
      external_event_id: string;
      interaction_id: string;
      /** Of an event or page view without an external id: its id */
      external_interaction_id: string;
      /** interaction, page_view, or the type of the event */
      touch_type: string;
      customer_id: string;
      agent_id: string | null;
      team_id: string | null;
      vendor_id: string | null;
      channel: string;
      /** 12 decimal places; those of one conversion and model sum to 1 */
      weight: number;
      /** The weight's share of the amount, exact in the currency's smallest unit */
      attributed_amount: number;
      currency: string;
      is_primary_touch: boolean;
      touched_at: string;
      converted_at: string;
    };
    "v1.AttributionRun": {
      id: string;
      name: string;
      model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      models: ("FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY")[];
      config: {
        time_window_hours: number;
        include_channels: string[];
        event_types: string[];
        min_purchase_amount: number | null;
        start_date: string | null;
        end_date: string | null;
        half_life_hours: number;
        channel_windows: Record<string, number>;
        event_type_windows: Record<string, number>;
        models: ("FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY")[];
        team_id: string | null;
        vendor_id: string | null;
        position_weights: {
          first: number;
          middle: number;
          last: number;
        };
        custom_weights: components['schemas']["v1.CustomWeights"] | null;
        dimension: "channel" | "campaign" | "vendor" | "source";
        markov_order: number;
        shapley_worth: "counts" | "rates";
        touch_event_types: string[];
      };
      status: "pending" | "running" | "completed" | "failed";
      /** Raised by every execution */
      generation: number;
      /** The one whose results are shown */
      published_generation: number | null;
      /** When the input was frozen: later data does not change the results */
      as_of: string | null;
      started_at: string | null;
      completed_at: string | null;
      failure: {
        code: string;
        message: string;
      } | null;
      conversions_processed: number | null;
      conversions_attributed: number | null;
      /** Without a touch in the window; listed under /unattributed */
      conversions_unattributed: number | null;
      progress: {
        processed: number;
        total: number | null;
      };
      model_details: components['schemas']["v1.AttributionModelSummaries"];
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.AttributionRunConfig": {
      /** Lookback window; default 72 */
      time_window_hours?: number;
      /** Channels whose touches count; empty: all */
      include_channels?: string[];
      /** Conversion types to include; empty: all */
      event_types?: string[];
      /** A plain decimal number, or the same as a string. */
      min_purchase_amount?: number | string;
      /** First day of conversions, in the organization's time zone */
      start_date?: string;
      /** Last day of conversions, inclusive */
      end_date?: string;
      /** TIME_DECAY; default: half of the lookback window */
      half_life_hours?: number;
      /** Hours by channel; replaces time_window_hours for that channel's touches */
      channel_windows?: Record<string, number>;
      /** Hours by conversion type; where both apply, the narrower decides */
      event_type_windows?: Record<string, number>;
      /** Further models computed in the same run */
      models?: ("FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY")[];
      /** Id or number: only touches with a participant of this team count */
      team_id?: number | string;
      /** Only touches of this vendor count */
      vendor_id?: string;
      /** POSITION_BASED; default 0.4, 0.2, 0.4; only the proportion counts, what is absent weighs 0 */
      position_weights?: components['schemas']["v1.PositionWeights"];
      /** CUSTOM, which needs it; only the proportion counts */
      custom_weights?: components['schemas']["v1.CustomWeights"];
      /** MARKOV and SHAPLEY tell touches apart by it; default channel */
      dimension?: "channel" | "campaign" | "vendor" | "source";
      /** 1 to 3; default 1 */
      markov_order?: number;
      /** What a coalition is worth; default counts */
      shapley_worth?: "counts" | "rates";
      /** Types of events that count as touches, page_view for page views; their channel is web, and they have neither team nor vendor. Default: none */
      touch_event_types?: string[];
    };
    "v1.AttributionRunInput": {
      /** Needed unless the use case names one */
      model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      name: string;
      config?: components['schemas']["v1.AttributionRunConfig"];
      /** Its configuration fills in what this one does not say */
      use_case_id?: string;
    };
    "v1.AttributionSchedule": {
      id: string;
      name: string;
      model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      /** As it was given */
      config: Record<string, unknown>;
      period_days: number;
      frequency: "daily" | "weekly" | "monthly";
      /** By the wall clock of the organization's time zone */
      time_of_day: string;
      weekday: number | null;
      month_day: number | null;
      /** The organization's when the schedule was created */
      time_zone: string;
      paused: boolean;
      /** Null while it is paused */
      next_run_at: string | null;
      last_run: {
        id: string;
        day: string;
        status: "pending" | "running" | "completed" | "failed";
      } | null;
      /** Firings that found the run before still going on */
      skipped: number;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.AttributionScheduleInput": {
      name: string;
      model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      /** As of a run, without start_date and end_date */
      config?: components['schemas']["v1.AttributionRunConfig"];
      /** Whole days before the day of the run */
      period_days?: number;
      frequency: "daily" | "weekly" | "monthly";
      /** By the wall clock of the organization's time zone */
      time_of_day: string;
      /** 1 is Monday; of weekly schedules */
      weekday?: number;
      /** 1–28, of monthly schedules */
      month_day?: number;
    };
    "v1.AuditLog": {
      id: string;
      created_at: string;
      action: string;
      outcome: "success" | "denied";
      actor_kind: "user" | "api_key" | "write_key" | "anonymous" | "system";
      actor_id: string | null;
      actor_name: string | null;
      /** The owner of the key that acted */
      on_behalf_of: string | null;
      entity_type: string;
      entity_id: string | null;
      before: Record<string, unknown> | null;
      after: Record<string, unknown> | null;
      request_id: string | null;
      /** Place in the sealed chain; null in the first seconds */
      sequence: number | null;
      erased_at: string | null;
    };
    "v1.AuditVerification": {
      valid: boolean;
      checked: number;
      /** Sealed rows whose contents were erased */
      erased: number;
      /** Rows of the last seconds, which no seal protects yet */
      unsealed: number;
      head: {
        sequence: number;
        hash: string;
      } | null;
      problems: ({
        kind: "row_changed" | "row_removed" | "seal_removed" | "chain_broken" | "head_mismatch" | "row_without_seal" | "known_hash_mismatch";
        sequence: number | null;
        audit_log_id: string | null;
        message: string;
      })[];
      /** from_sequence of the next call; null at the end */
      next_sequence: number | null;
    };
    "v1.BeaconSettings": {
      origins: string[];
      version: number;
    };
    "v1.BeaconSettingsInput": {
      origins: string[];
    };
    "v1.BehaviorReceipt": {
      id: string;
      external_id: string | null;
      /** null: nobody was named in the session yet */
      customer_id: string | null;
      created_at: string;
    };
    "v1.BulkUsers": {
      /** Follow it at /v1/uploads/{id}, take it back at /v1/uploads/{id}/undo */
      upload_id: string;
      /** pending: more than 1,000 rows, a durable process works them off */
      status: "pending" | "running" | "completed" | "failed" | "cancelled" | "undoing" | "undone";
      dry_run: boolean;
      /** Rows; null until they are counted */
      total: number | null;
      /** In a dry run: what would be created */
      created: number;
      /** Duplicates */
      skipped: number;
      failed: number;
      rows: ({
        /** Line of the file, or number of the row in a JSON array */
        line: number;
        status: "stored" | "duplicate" | "invalid";
        id: string | null;
        errors: ({
          /** First physical line of the row in the file */
          line: number;
          field: string | null;
          code: string;
          message: string;
        })[];
      })[];
    };
    "v1.CallEvent": {
      /** call.started, call.ended, call.transcript.updated or call.intent.detected */
      event: "call.started" | "call.ended" | "call.transcript.updated" | "call.intent.detected";
      /** Of the provider; the same id is the same event */
      event_id?: string;
      /** Of the provider; all events of a call name it */
      call_id: string;
      /** When it happened at the provider: the newest word counts, whenever it arrives */
      occurred_at: string;
      direction?: "inbound" | "outbound";
      /** Number or address of who calls */
      from?: string;
      /** Number or address of who is called */
      to?: string;
      agent?: {
        external_id: string;
        name?: string;
      } & Record<string, unknown>;
      /** Id, number or name of a team */
      team?: string | number;
      /** An unknown code creates the vendor */
      vendor_code?: string;
      started_at?: string;
      ended_at?: string;
      duration_seconds?: number;
      language?: string;
      transcript_url?: string;
      transcript?: string | ({
        speaker?: string;
        text: string;
        start_seconds?: number;
        end_seconds?: number;
      } & Record<string, unknown>)[];
      primary_intent?: string;
      purchase_probability?: number;
      outcome?: string;
      /** Who the other side is, where the numbers do not tell */
      customer?: {
        phone?: string;
        email?: string;
        external_id?: string;
      } & Record<string, unknown>;
      /** A plain decimal number, or the same as a string. */
      cost?: number | string;
      cost_currency?: string;
    } & Record<string, unknown>;
    "v1.ChannelsRoi": {
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      money: {
        /** grouped: a rate is missing, so amounts of different currencies stand apart in by_currency */
        mode: "single" | "converted" | "grouped";
        currency: string;
        /** Those of the facts */
        currencies: string[];
        /** Rates that were used */
        rates: {
          from: string;
          to: string;
          rate: number;
          effective_on: string;
          /** Stored in the other direction */
          inverse: boolean;
        }[];
      };
      group_by: string[];
      rows: components['schemas']["v1.ChannelsRoiRow"][];
      rows_total: number;
      /** What belongs to no value; with it the rows add up to the totals */
      unassigned: components['schemas']["v1.ChannelsRoiRow"] | null;
      totals: components['schemas']["v1.ChannelsRoiRow"];
    };
    "v1.ChannelsRoiRow": {
      /** First day of the day, week or month */
      period?: string | null;
      agent_id?: string | null;
      agent_external_id?: string | null;
      agent_name?: string | null;
      team_id?: string | null;
      team_name?: string | null;
      vendor_id?: string | null;
      vendor_code?: string | null;
      vendor_name?: string | null;
      channel?: string | null;
      campaign?: string | null;
      content_id?: string | null;
      source?: string | null;
      intent?: string | null;
      /** Total attributed revenue */
      attributed_revenue: number | null;
      /** Cost */
      cost: number | null;
      /** Spend */
      spend: number | null;
      /** Cost of interactions */
      interaction_cost: number | null;
      /** Return on investment (ROI) */
      roi: number | null;
      /** Return on spend (ROAS) */
      roas: number | null;
      /** Cost per acquisition (CPA) */
      cpa: number | null;
      /** Channel efficiency */
      channel_efficiency: number | null;
      /** Number of conversions */
      conversions: number | null;
      /** Attributed conversions */
      attributed_conversions: number | null;
      /** Average deal size */
      avg_deal_size: number | null;
      /** Total interactions */
      total_interactions: number | null;
      /** Conversion rate */
      conversion_rate: number | null;
      /** Share of revenue */
      revenue_share: number | null;
      by_currency: ({
        currency: string;
        /** Total attributed revenue */
        attributed_revenue?: number | null;
        /** Cost */
        cost?: number | null;
        /** Spend */
        spend?: number | null;
        /** Cost of interactions */
        interaction_cost?: number | null;
        /** Return on investment (ROI) */
        roi?: number | null;
        /** Return on spend (ROAS) */
        roas?: number | null;
        /** Cost per acquisition (CPA) */
        cpa?: number | null;
        /** Channel efficiency */
        channel_efficiency?: number | null;
        /** Number of conversions */
        conversions?: number | null;
        /** Attributed conversions */
        attributed_conversions?: number | null;
        /** Average deal size */
        avg_deal_size?: number | null;
        /** Total interactions */
        total_interactions?: number | null;
        /** Conversion rate */
        conversion_rate?: number | null;
        /** Share of revenue */
        revenue_share?: number | null;
      })[];
      previous: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Cost */
        cost: number | null;
        /** Spend */
        spend: number | null;
        /** Cost of interactions */
        interaction_cost: number | null;
        /** Return on investment (ROI) */
        roi: number | null;
        /** Return on spend (ROAS) */
        roas: number | null;
        /** Cost per acquisition (CPA) */
        cpa: number | null;
        /** Channel efficiency */
        channel_efficiency: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Average deal size */
        avg_deal_size: number | null;
        /** Total interactions */
        total_interactions: number | null;
        /** Conversion rate */
        conversion_rate: number | null;
        /** Share of revenue */
        revenue_share: number | null;
      } | null;
      /** Relative change since the previous period */
      change: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Cost */
        cost: number | null;
        /** Spend */
        spend: number | null;
        /** Cost of interactions */
        interaction_cost: number | null;
        /** Return on investment (ROI) */
        roi: number | null;
        /** Return on spend (ROAS) */
        roas: number | null;
        /** Cost per acquisition (CPA) */
        cpa: number | null;
        /** Channel efficiency */
        channel_efficiency: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Average deal size */
        avg_deal_size: number | null;
        /** Total interactions */
        total_interactions: number | null;
        /** Conversion rate */
        conversion_rate: number | null;
        /** Share of revenue */
        revenue_share: number | null;
      } | null;
    };
    "v1.ContentEngagement": {
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      money: {
        /** grouped: a rate is missing, so amounts of different currencies stand apart in by_currency */
        mode: "single" | "converted" | "grouped";
        currency: string;
        /** Those of the facts */
        currencies: string[];
        /** Rates that were used */
        rates: {
          from: string;
          to: string;
          rate: number;
          effective_on: string;
          /** Stored in the other direction */
          inverse: boolean;
        }[];
      };
      group_by: string[];
      rows: components['schemas']["v1.ContentEngagementRow"][];
      rows_total: number;
      /** What belongs to no value; with it the rows add up to the totals */
      unassigned: components['schemas']["v1.ContentEngagementRow"] | null;
      totals: components['schemas']["v1.ContentEngagementRow"];
    };
    "v1.ContentEngagementRow": {
      /** First day of the day, week or month */
      period?: string | null;
      agent_id?: string | null;
      agent_external_id?: string | null;
      agent_name?: string | null;
      team_id?: string | null;
      team_name?: string | null;
      vendor_id?: string | null;
      vendor_code?: string | null;
      vendor_name?: string | null;
      channel?: string | null;
      campaign?: string | null;
      content_id?: string | null;
      source?: string | null;
      intent?: string | null;
      /** Total attributed revenue */
      attributed_revenue: number | null;
      /** Content views */
      content_views: number | null;
      /** Viewers */
      viewers: number | null;
      /** Engagement rate */
      engagement_rate: number | null;
      /** Engagements */
      engagements: number | null;
      /** Average view duration */
      avg_view_duration: number | null;
      /** Number of conversions */
      conversions: number | null;
      /** Attributed conversions */
      attributed_conversions: number | null;
      /** Total interactions */
      total_interactions: number | null;
      by_currency: ({
        currency: string;
        /** Total attributed revenue */
        attributed_revenue?: number | null;
        /** Content views */
        content_views?: number | null;
        /** Viewers */
        viewers?: number | null;
        /** Engagement rate */
        engagement_rate?: number | null;
        /** Engagements */
        engagements?: number | null;
        /** Average view duration */
        avg_view_duration?: number | null;
        /** Number of conversions */
        conversions?: number | null;
        /** Attributed conversions */
        attributed_conversions?: number | null;
        /** Total interactions */
        total_interactions?: number | null;
      })[];
      previous: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Content views */
        content_views: number | null;
        /** Viewers */
        viewers: number | null;
        /** Engagement rate */
        engagement_rate: number | null;
        /** Engagements */
        engagements: number | null;
        /** Average view duration */
        avg_view_duration: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Total interactions */
        total_interactions: number | null;
      } | null;
      /** Relative change since the previous period */
      change: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Content views */
        content_views: number | null;
        /** Viewers */
        viewers: number | null;
        /** Engagement rate */
        engagement_rate: number | null;
        /** Engagements */
        engagements: number | null;
        /** Average view duration */
        avg_view_duration: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Total interactions */
        total_interactions: number | null;
      } | null;
    };
    "v1.Conversion": {
      id: string;
      external_event_id: string;
      customer_id: string;
      event_type: string;
      event_source: string;
      amount_decimal: number;
      currency: string;
      occurred_at: string;
      /** The conversion that this one refunds */
      refund_of: string | null;
      metadata: Record<string, unknown> | null;
      voided_at: string | null;
      void_reason: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.ConversionChanges": {
      /** purchase, signup, ... */
      event_type?: string;
      /** The conversion and its refunds move to whom they resolve to */
      customer_identifiers?: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      /** A plain decimal number, or the same as a string. */
      amount_decimal?: number | string;
      currency?: string;
      occurred_at?: string;
      /** The source system */
      event_source?: string;
      metadata?: Record<string, unknown> | null;
    };
    "v1.ConversionInput": {
      /** Unique identifier of the conversion */
      external_event_id: string;
      /** purchase, signup, ... */
      event_type: string;
      /** Needed unless refundOf is given: a refund belongs to the customer of its original */
      customer_identifiers?: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      /** A plain decimal number, or the same as a string. */
      amount_decimal: number | string;
      currency: string;
      occurred_at: string;
      /** The source system */
      event_source: string;
      /** The conversion that is refunded, by its external id or id; the amount is then negative */
      refund_of?: string;
      metadata?: Record<string, unknown>;
    };
    "v1.ConversionReceipt": {
      id: string;
      external_event_id: string;
      customer_id: string;
      created_at: string;
    };
    "v1.CustomReport": {
      name: string | null;
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      money: {
        /** grouped: a rate is missing, so amounts of different currencies stand apart in by_currency */
        mode: "single" | "converted" | "grouped";
        currency: string;
        /** Those of the facts */
        currencies: string[];
        /** Rates that were used */
        rates: {
          from: string;
          to: string;
          rate: number;
          effective_on: string;
          /** Stored in the other direction */
          inverse: boolean;
        }[];
      };
      group_by: string[];
      rows: components['schemas']["v1.CustomReportRow"][];
      rows_total: number;
      /** What belongs to no value; with it the rows add up to the totals */
      unassigned: components['schemas']["v1.CustomReportRow"] | null;
      totals: components['schemas']["v1.CustomReportRow"];
    };
    "v1.CustomReportInput": {
      name?: string;
      metrics: string[];
      dimensions?: ("agent" | "team" | "vendor" | "channel" | "campaign" | "content" | "source" | "intent")[];
      granularity?: "day" | "week" | "month";
      filters?: {
        agent_id?: string[];
        team_id?: string[];
        vendor_id?: string[];
        channel?: string[];
        campaign?: string[];
        content_id?: string[];
        /** utm_source */
        source?: string[];
        intent?: string[];
      };
      format?: "json" | "csv";
      /** One of the metrics, with - in front: largest first */
      sort?: string;
      /** First day; the 30th before the last one unless given */
      start_date?: string;
      /** Last day, inclusive; today unless given */
      end_date?: string;
      /** Whose days these are; the organization’s unless given */
      timezone?: string;
      /** The newest completed run that covers the days and holds the model, unless given */
      run_id?: string;
      /** The organization’s default model unless given */
      model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      /** previous: the period of the same length right before, too */
      compare?: "previous";
      /** Amounts are shown in it where rates are known; the organization’s unless given */
      currency?: string;
      page?: number;
      limit?: number;
    };
    "v1.CustomReportRow": {
      /** First day of the day, week or month */
      period?: string | null;
      agent_id?: string | null;
      agent_external_id?: string | null;
      agent_name?: string | null;
      team_id?: string | null;
      team_name?: string | null;
      vendor_id?: string | null;
      vendor_code?: string | null;
      vendor_name?: string | null;
      channel?: string | null;
      campaign?: string | null;
      content_id?: string | null;
      source?: string | null;
      intent?: string | null;
      /** By the metric’s code */
      values: Record<string, number | null>;
      by_currency: ({
        currency: string;
        /** By the metric’s code */
        values: Record<string, number | null>;
      })[];
      previous: Record<string, number | null> | null;
      change: Record<string, number | null> | null;
    };
    "v1.CustomWeights": {
      first?: number;
      /** Shared by all touches between the first and the last */
      middle?: number;
      last?: number;
      /** Instead of first, middle, last: 1st, 2nd, 3rd … touch */
      positions?: number[];
      /** Touches beyond positions; default 0 */
      other_positions?: number;
      /** Multiplied with the weight of the position */
      channels?: Record<string, number>;
      /** Channels that channels does not name; default 1 */
      other_channels?: number;
    };
    "v1.Customer": {
      /** The record that stands for the person */
      id: string;
      /** Other records of the same person */
      linked_customer_ids: string[];
      identifiers: {
        type: string;
        value: string;
      }[];
      first_seen_at: string | null;
      last_seen_at: string | null;
      interactions: number;
      conversions: number;
      events: number;
      page_views: number;
    };
    "v1.CustomerDetail": {
      /** The record that stands for the person */
      id: string;
      /** Other records of the same person */
      linked_customer_ids: string[];
      identifiers: {
        type: string;
        value: string;
      }[];
      first_seen_at: string | null;
      last_seen_at: string | null;
      interactions: number;
      conversions: number;
      events: number;
      page_views: number;
      records: ({
        id: string;
        created_at: string;
        linked_at: string | null;
        /** Why it belongs to the person; null for the record that stands for it */
        reason: string | null;
        merge_id: string | null;
        identifiers: {
          type: string;
          value: string;
        }[];
      })[];
      merges: ({
        id: string;
        source_id: string;
        target_id: string;
        reason: string | null;
        created_at: string;
      })[];
    };
    "v1.CustomerJourney": {
      customer: {
        id: string;
        linked_customer_ids: string[];
        identifiers: {
          type: string;
          value: string;
        }[];
        first_seen_at: string | null;
        last_seen_at: string | null;
        interactions: number;
        /** Without refunds */
        conversions: number;
        refunds: number;
        revenue: {
          currency: string;
          amount: number;
        }[];
      };
      timeline: ({
        type: "interaction" | "conversion" | "event" | "page_view";
        id: string;
        at: string;
      })[];
      interactions: ({
        id: string;
        external_interaction_id: string;
        channel: string;
        direction: string | null;
        started_at: string;
        ended_at: string | null;
        language: string | null;
        primary_intent: string | null;
        purchase_probability: number | null;
        vendor_id: string | null;
        transcript_url: string | null;
      })[];
      conversions: ({
        id: string;
        external_event_id: string;
        event_type: string;
        event_source: string;
        amount_decimal: number;
        currency: string;
        occurred_at: string;
        refund_of: string | null;
      })[];
      /** Those of the page; empty unless included */
      events: ({
        id: string;
        external_id: string | null;
        type: string;
        session_id: string | null;
        content_id: string | null;
        url: string | null;
        properties: Record<string, unknown> | null;
        occurred_at: string;
      })[];
      /** Those of the page; empty unless included */
      page_views: ({
        id: string;
        external_id: string | null;
        url: string;
        path: string;
        title: string | null;
        referrer: string | null;
        session_id: string;
        duration_seconds: number | null;
        occurred_at: string;
      })[];
      /** Touches of the whole journey whose intent differs from the one before, in time order; at most 200 */
      intents: ({
        interaction_id: string;
        intent: string;
        purchase_probability: number | null;
        at: string;
      })[];
      velocity: {
        /** From the first touch */
        days_to_first_conversion: number | null;
        /** From the first touch */
        days_to_last_conversion: number | null;
        /** Touches up to the last conversion ÷ conversions */
        touches_per_conversion: number | null;
        /** Between two touches */
        median_gap_hours: number | null;
      };
      run_id: string | null;
      attribution_results: components['schemas']["v1.AttributionResult"][];
      pagination: {
        page: number;
        limit: number;
        total: number;
        pages: number;
      };
    };
    "v1.CustomerLeadScore": {
      customer_id: string;
      /** 0 to 100: the sum of the points */
      score: number;
      grade: "A" | "B" | "C" | "D";
      factors: components['schemas']["v1.ScoreFactor"][];
      /** Part of the weights whose factors are known */
      coverage: number;
      prediction_id: string;
      prospect_id: string | null;
      model: {
        id: string | null;
        name: string;
        revision: number | null;
      };
      computed_at: string;
    };
    "v1.CustomerMerge": {
      merge_id: string;
      source_id: string;
      target_id: string;
      reason: string | null;
      /** The record with the earliest fact; it stands for the person */
      customer_id: string;
      linked_customer_ids: string[];
      merged_at: string;
    };
    "v1.CustomerMergeInput": {
      source_id: string;
      target_id: string;
      reason?: string;
    };
    "v1.CustomerUnmerge": {
      merge_id: string;
      customers: {
        id: string;
        linked_customer_ids: string[];
      }[];
      unmerged_at: string;
    };
    "v1.CustomerUnmergeInput": {
      merge_id: string;
    };
    "v1.DashboardOverview": {
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      greeting: {
        name: string | null;
        message: string;
      };
      organization_name: string;
      currency: string;
      /** Conversions less refunds, whether credited or not */
      total_revenue: number | null;
      conversions: number;
      refunds: number;
      interactions: number;
      /** Created in the period */
      attribution_runs: number;
      /** With spend or touches in the period */
      active_campaigns: number;
      previous: {
        total_revenue: number | null;
        conversions: number;
        refunds: number;
        interactions: number;
        attribution_runs: number;
        active_campaigns: number;
      } | null;
      /** Relative change since the previous period */
      change: {
        total_revenue: number | null;
        conversions: number | null;
        refunds: number | null;
        interactions: number | null;
        attribution_runs: number | null;
        active_campaigns: number | null;
      } | null;
      revenue_by_currency: {
        currency: string;
        amount: number;
      }[];
      all_runs: {
        pending: number;
        running: number;
        completed: number;
        failed: number;
      };
      daily: ({
        day: string;
        revenue: number | null;
        conversions: number;
      })[];
    };
    "v1.EventInput": {
      /** page_view, form_submission, button_click, video_view, download, or one of your own */
      type: string;
      /** Rows of a session are anonymous until one of them names a customer */
      session_id?: string;
      /** Stands for an identifier of type cookie */
      visitor_id?: string;
      customer_identifiers?: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      /** Default: when the request came in */
      occurred_at?: string;
      content_id?: string;
      /** Makes a repeated request a duplicate */
      external_id?: string;
      url?: string;
      properties?: Record<string, unknown>;
    };
    "v1.ExchangeRate": {
      id: string;
      from_currency: string;
      to_currency: string;
      effective_on: string;
      /** Decimal text */
      rate: string;
      source: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.ExchangeRateInput": {
      from_currency: string;
      to_currency: string;
      /** It counts from this day on, until the day of the pair’s next rate */
      effective_on: string;
      /** A plain decimal number, or the same as a string. */
      rate: number | string;
      source?: string;
    };
    "v1.ExchangeRatesInput": {
      rates: components['schemas']["v1.ExchangeRateInput"][];
    };
    "v1.Funnel": {
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      stages: ({
        stage: "touched" | "engaged" | "interested" | "lead" | "opportunity" | "converted";
        /** People who got at least this far */
        volume: number;
        /** Of those of the stage before */
        conversion_rate: number | null;
        /** Of those of the first stage */
        overall_rate: number | null;
        /** People who got this far and no further */
        drop_off: number;
        drop_off_rate: number | null;
        /** For people who were seen in both stages */
        avg_hours_from_previous: number | null;
        median_hours_from_previous: number | null;
        previous_volume: number | null;
      })[];
      biggest_drop_off: "touched" | "engaged" | "interested" | "lead" | "opportunity" | "converted" | null;
      overall_conversion_rate: number | null;
    };
    "v1.HighValueLead": {
      customer_id: string;
      prospect_id: string | null;
      owner_id: string | null;
      name: string | null;
      email: string | null;
      score: number;
      grade: "A" | "B" | "C" | "D";
      purchase_probability: number | null;
      computed_at: string;
    };
    "v1.Hit": {
      type: "page";
      url?: string;
      /** The path, where there is no URL */
      page?: string;
      title?: string;
      referrer?: string;
      /** Rows of a session are anonymous until one of them names a customer */
      session_id: string;
      /** Stands for an identifier of type cookie */
      visitor_id?: string;
      customer_identifiers?: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      /** Default: when the request came in */
      occurred_at?: string;
      content_id?: string;
      /** Makes a repeated request a duplicate */
      external_id?: string;
      /** Default: the utm_ parameters of the URL */
      utm?: Record<string, string>;
      duration_seconds?: number;
    } | {
      type: "event";
      /** Rows of a session are anonymous until one of them names a customer */
      session_id: string;
      /** Stands for an identifier of type cookie */
      visitor_id?: string;
      customer_identifiers?: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      /** Default: when the request came in */
      occurred_at?: string;
      content_id?: string;
      /** Makes a repeated request a duplicate */
      external_id?: string;
      url?: string;
      properties?: Record<string, unknown>;
      /** form_submission, button_click, video_view, download, or one of your own */
      name: string;
    } | {
      type: "identify";
      /** Rows of a session are anonymous until one of them names a customer */
      session_id: string;
      /** Stands for an identifier of type cookie */
      visitor_id?: string;
      customer_identifiers: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      /** Default: when the request came in */
      occurred_at?: string;
      /** Makes a repeated request a duplicate */
      external_id?: string;
    };
    "v1.HitReceipt": {
      id: string;
      external_id: string | null;
    };
    "v1.Integration": {
      id: string;
      name: string;
      platform: string;
      /** Stands before the ids of the provider in external ids */
      source: string;
      /** pending: not synced yet */
      status: "pending" | "connected" | "needs_reauth" | "error" | "disabled";
      team_id: string | null;
      settings: Record<string, unknown>;
      has_credentials: boolean;
      has_webhook_secret: boolean;
      last_sync_at: string | null;
      last_error: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.IntegrationChanges": {
      name?: string;
      settings?: {
        streams?: string[] | null;
        interval_minutes?: number | null;
        conflict_policy?: "newest" | "ours" | "theirs" | null;
        field_policies?: Record<string, Record<string, "newest" | "ours" | "theirs">> | null;
        mappings?: Record<string, ({
          /** Our field */
          local: string;
          /** Their field */
          remote: string;
          direction: "in" | "out" | "both";
          transform?: {
            kind: "trim" | "lowercase" | "uppercase" | "number" | "day" | "text";
          } | {
            kind: "word";
            at: "first" | "last";
          } | {
            kind: "map";
            /** Their value → ours */
            values: Record<string, string | number | boolean | null>;
            /** Ours → theirs, where several of theirs are one of ours */
            out?: Record<string, string | number | boolean | null>;
          };
        })[]> | null;
        options?: Record<string, string> | null;
        vendor_code?: string | null;
        require_signature?: boolean | null;
      };
      /** By name, as the marketplace says; kept encrypted and never shown. webhookSecret where webhooks are signed */
      credentials?: Record<string, string>;
      /** false: neither syncs nor webhooks, until it is true again */
      active?: boolean;
    };
    "v1.IntegrationCreated": {
      id: string;
      name: string;
      platform: string;
      /** Stands before the ids of the provider in external ids */
      source: string;
      /** pending: not synced yet */
      status: "pending" | "connected" | "needs_reauth" | "error" | "disabled";
      team_id: string | null;
      settings: Record<string, unknown>;
      has_credentials: boolean;
      has_webhook_secret: boolean;
      last_sync_at: string | null;
      last_error: string | null;
      created_at: string;
      updated_at: string;
      version: number;
      /** Shown once; null where the provider makes its own, or sends no webhooks */
      webhook_secret: string | null;
    };
    "v1.IntegrationInput": {
      platform: string;
      name?: string;
      team_id?: string;
      /** By name, as the marketplace says; kept encrypted and never shown. webhookSecret where webhooks are signed */
      credentials?: Record<string, string>;
      settings?: {
        /** Default: all */
        streams?: string[];
        /** How often it is synced by itself; without it only when asked */
        interval_minutes?: number;
        /** Of a field that both sides have changed: who wins */
        conflict_policy?: "newest" | "ours" | "theirs";
        /** Stream → field → policy */
        field_policies?: Record<string, Record<string, "newest" | "ours" | "theirs">>;
        /** Stream → fields, in place of the default mapping */
        mappings?: Record<string, ({
          /** Our field */
          local: string;
          /** Their field */
          remote: string;
          direction: "in" | "out" | "both";
          transform?: {
            kind: "trim" | "lowercase" | "uppercase" | "number" | "day" | "text";
          } | {
            kind: "word";
            at: "first" | "last";
          } | {
            kind: "map";
            /** Their value → ours */
            values: Record<string, string | number | boolean | null>;
            /** Ours → theirs, where several of theirs are one of ours */
            out?: Record<string, string | number | boolean | null>;
          };
        })[]>;
        /** What the provider needs beside secrets; the marketplace names them */
        options?: Record<string, string>;
        /** Telephony: for calls that name no vendor */
        vendor_code?: string;
        /** Telephony: refuse the secret as a bearer token */
        require_signature?: boolean;
      };
    };
    "v1.IntegrationSecretRotation": {
      /** How long the old secret still counts; default: 86400 */
      overlap_seconds?: number;
      /** Where the provider makes it, as Stripe does */
      webhook_secret?: string;
    };
    "v1.IntegrationStatus": {
      id: string;
      provider: string;
      status: "pending" | "connected" | "needs_reauth" | "error" | "disabled";
      /** 0 to 100: calls of seven days, the last ten syncs, records put aside */
      health_score: number;
      health: "healthy" | "degraded" | "failing";
      last_error: string | null;
      last_sync: components['schemas']["v1.IntegrationSync"] | null;
      current_sync: components['schemas']["v1.IntegrationSync"] | null;
      last_completed_at: string | null;
      consecutive_failures: number;
      connection: {
        connected_at: string | null;
        expires_at: string | null;
        scope: string | null;
      } | null;
      rate_limit: {
        burst: number;
        per_second: number;
        blocked_until: string | null;
      } | null;
      errors24h: {
        code: string;
        count: number;
      }[];
      /** How far both sides are apart */
      streams: ({
        name: string;
        direction: "in" | "out" | "both";
        last_completed_at: string | null;
        linked: number;
        /** Changes that have not gone out yet */
        pending_out: number;
        quarantined: number;
      })[];
      /** The newest twenty */
      quarantine: ({
        stream: string;
        direction: "in" | "out";
        record: string;
        code: string;
        message: string;
        attempts: number;
        next_attempt_at: string;
      })[];
    };
    "v1.IntegrationSync": {
      id: string;
      integration_id: string;
      number: number;
      trigger: "manual" | "schedule" | "webhook" | "connect" | "change";
      mode: "incremental" | "full";
      dry_run: boolean;
      streams: string[];
      status: "pending" | "running" | "completed" | "failed" | "cancelled";
      progress: {
        stream: string;
        phase: string;
        streams_done: number;
      } | null;
      /** By stream */
      counts: Record<string, {
        created: number;
        updated: number;
        deleted: number;
        unchanged: number;
        /** Changes of ours that went out */
        pushed: number;
        /** Fields that both sides had changed */
        conflicts: number;
        /** Could not be taken over; they are tried again */
        quarantined: number;
      }>;
      /** The first hundred conflicts and refusals */
      report: {
        stream: string;
        record: string;
        code: string;
        message: string;
      }[];
      error: {
        code: string;
        message: string;
      } | null;
      started_at: string | null;
      completed_at: string | null;
      created_at: string;
    };
    "v1.IntegrationSyncInput": {
      /** full: everything is read again */
      mode?: "incremental" | "full";
      /** Each page is done and taken back: counts and report say what would happen */
      dry_run?: boolean;
      streams?: string[];
    };
    "v1.IntentsRevenue": {
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      money: {
        /** grouped: a rate is missing, so amounts of different currencies stand apart in by_currency */
        mode: "single" | "converted" | "grouped";
        currency: string;
        /** Those of the facts */
        currencies: string[];
        /** Rates that were used */
        rates: {
          from: string;
          to: string;
          rate: number;
          effective_on: string;
          /** Stored in the other direction */
          inverse: boolean;
        }[];
      };
      group_by: string[];
      rows: components['schemas']["v1.IntentsRevenueRow"][];
      rows_total: number;
      /** What belongs to no value; with it the rows add up to the totals */
      unassigned: components['schemas']["v1.IntentsRevenueRow"] | null;
      totals: components['schemas']["v1.IntentsRevenueRow"];
    };
    "v1.IntentsRevenueRow": {
      /** First day of the day, week or month */
      period?: string | null;
      agent_id?: string | null;
      agent_external_id?: string | null;
      agent_name?: string | null;
      team_id?: string | null;
      team_name?: string | null;
      vendor_id?: string | null;
      vendor_code?: string | null;
      vendor_name?: string | null;
      channel?: string | null;
      campaign?: string | null;
      content_id?: string | null;
      source?: string | null;
      intent?: string | null;
      /** Total attributed revenue */
      attributed_revenue: number | null;
      /** Number of conversions */
      conversions: number | null;
      /** Attributed conversions */
      attributed_conversions: number | null;
      /** Conversion rate */
      conversion_rate: number | null;
      /** Average deal size */
      avg_deal_size: number | null;
      /** Total interactions */
      total_interactions: number | null;
      /** Share of interactions */
      interaction_share: number | null;
      /** Purchase probability */
      avg_purchase_probability: number | null;
      /** Customers touched */
      customers_touched: number | null;
      /** Customers who converted */
      customers_converted: number | null;
      /** Share of revenue */
      revenue_share: number | null;
      by_currency: ({
        currency: string;
        /** Total attributed revenue */
        attributed_revenue?: number | null;
        /** Number of conversions */
        conversions?: number | null;
        /** Attributed conversions */
        attributed_conversions?: number | null;
        /** Conversion rate */
        conversion_rate?: number | null;
        /** Average deal size */
        avg_deal_size?: number | null;
        /** Total interactions */
        total_interactions?: number | null;
        /** Share of interactions */
        interaction_share?: number | null;
        /** Purchase probability */
        avg_purchase_probability?: number | null;
        /** Customers touched */
        customers_touched?: number | null;
        /** Customers who converted */
        customers_converted?: number | null;
        /** Share of revenue */
        revenue_share?: number | null;
      })[];
      previous: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Conversion rate */
        conversion_rate: number | null;
        /** Average deal size */
        avg_deal_size: number | null;
        /** Total interactions */
        total_interactions: number | null;
        /** Share of interactions */
        interaction_share: number | null;
        /** Purchase probability */
        avg_purchase_probability: number | null;
        /** Customers touched */
        customers_touched: number | null;
        /** Customers who converted */
        customers_converted: number | null;
        /** Share of revenue */
        revenue_share: number | null;
      } | null;
      /** Relative change since the previous period */
      change: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Conversion rate */
        conversion_rate: number | null;
        /** Average deal size */
        avg_deal_size: number | null;
        /** Total interactions */
        total_interactions: number | null;
        /** Share of interactions */
        interaction_share: number | null;
        /** Purchase probability */
        avg_purchase_probability: number | null;
        /** Customers touched */
        customers_touched: number | null;
        /** Customers who converted */
        customers_converted: number | null;
        /** Share of revenue */
        revenue_share: number | null;
      } | null;
    };
    "v1.Interaction": {
      id: string;
      external_interaction_id: string;
      customer_id: string;
      channel: string;
      direction: "inbound" | "outbound" | null;
      language: string | null;
      primary_intent: string | null;
      purchase_probability: number | null;
      vendor_id: string | null;
      vendor_code: string | null;
      campaign: string | null;
      utm: Record<string, string> | null;
      content_id: string | null;
      click_id: string | null;
      started_at: string;
      ended_at: string | null;
      transcript_url: string | null;
      cost: number | null;
      cost_currency: string | null;
      participants: ({
        type: "agent" | "team" | "supervisor";
        agent_id: string | null;
        external_id: string | null;
        name: string | null;
        team_id: string | null;
        share: number | null;
      })[];
      metadata: Record<string, unknown> | null;
      voided_at: string | null;
      void_reason: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.InteractionChanges": {
      /** call, email, chat, or any other; compared in lower case */
      channel?: string;
      started_at?: string;
      /** The fact moves to whom they resolve to */
      customer_identifiers?: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      vendor_code?: string | null;
      ended_at?: string | null;
      direction?: "inbound" | "outbound" | null;
      language?: string | null;
      primary_intent?: string | null;
      purchase_probability?: number | null;
      transcript_url?: string | null;
      /** Replace those of the version before */
      participants?: ({
        type: "agent" | "team" | "supervisor";
        external_id?: string;
        id?: string;
        /** A team by its number */
        number?: number;
        name?: string;
        /** Id or number of the team an agent acted for */
        team_id?: number | string;
        /** Share of the touch; equal shares when absent */
        share?: number;
      } | {
        agent_id: string;
        agent_name?: string;
        team_id?: number | string;
        /** Share of the touch; equal shares when absent */
        share?: number;
      })[];
      campaign?: string | null;
      utm?: Record<string, string> | null;
      click_id?: string | null;
      content_id?: string | null;
      cost?: number | string | null;
      cost_currency?: string | null;
      metadata?: Record<string, unknown> | null;
    };
    "v1.InteractionInput": {
      /** Unique identifier from the source system */
      external_interaction_id: string;
      /** call, email, chat, or any other; compared in lower case */
      channel: string;
      started_at: string;
      customer_identifiers: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      /** BPO or vendor; an unknown code creates the vendor */
      vendor_code?: string;
      ended_at?: string;
      direction?: "inbound" | "outbound";
      language?: string;
      primary_intent?: string;
      purchase_probability?: number;
      transcript_url?: string;
      participants?: ({
        type: "agent" | "team" | "supervisor";
        external_id?: string;
        id?: string;
        /** A team by its number */
        number?: number;
        name?: string;
        /** Id or number of the team an agent acted for */
        team_id?: number | string;
        /** Share of the touch; equal shares when absent */
        share?: number;
      } | {
        agent_id: string;
        agent_name?: string;
        team_id?: number | string;
        /** Share of the touch; equal shares when absent */
        share?: number;
      })[];
      campaign?: string;
      utm?: Record<string, string>;
      click_id?: string;
      content_id?: string;
      /** A plain decimal number, or the same as a string. */
      cost?: number | string;
      cost_currency?: string;
      metadata?: Record<string, unknown>;
    };
    "v1.InteractionReceipt": {
      id: string;
      external_interaction_id: string;
      /** The record found first; linked records are one person */
      customer_id: string;
      created_at: string;
    };
    "v1.JourneyVelocity": {
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      window_days: number;
      totals: {
        conversions: number;
        avg_journey_hours: number | null;
        median_journey_hours: number | null;
        avg_touches: number | null;
      };
      previous: {
        conversions: number;
        avg_journey_hours: number | null;
        median_journey_hours: number | null;
        avg_touches: number | null;
      } | null;
      conversions_without_touch: number;
      fastest_paths: ({
        path: string[];
        conversions: number;
        avg_journey_hours: number | null;
        median_journey_hours: number | null;
        avg_touches: number | null;
      })[];
      bottlenecks: {
        from: string;
        to: string;
        steps: number;
        avg_hours: number;
        median_hours: number;
      }[];
      trend: ({
        period: string;
        conversions: number;
        avg_journey_hours: number | null;
        median_journey_hours: number | null;
        avg_touches: number | null;
      })[];
    };
    "v1.LeadScoreHistory": {
      customer_id: string;
      latest: components['schemas']["v1.Prediction"];
      history: ({
        score: number;
        grade: "A" | "B" | "C" | "D";
        predicted_at: string;
        reason: string;
      })[];
    };
    "v1.LikelyDuplicate": {
      customer_ids: [string, string];
      /** 0 to 1 */
      score: number;
      reasons: ({
        code: "email_name_and_phone_tail" | "email_variant" | "similar_email" | "shared_device";
        first_value: string | null;
        second_value: string | null;
      })[];
    };
    "v1.LiveCall": {
      id: string;
      /** The integration that tells of it */
      source: string;
      /** Of the telephone system */
      call_id: string;
      status: "live" | "ended";
      /** silence: nobody told of the end */
      end_reason: "reported" | "silence" | null;
      direction: "inbound" | "outbound" | null;
      from: string | null;
      to: string | null;
      agent: {
        id: string | null;
        external_id: string;
        name: string | null;
      } | null;
      vendor_code: string | null;
      started_at: string | null;
      ended_at: string | null;
      duration_seconds: number | null;
      primary_intent: string | null;
      purchase_probability: number | null;
      outcome: string | null;
      has_transcript: boolean;
      interaction_id: string | null;
      /** Where the other side is a prospect */
      call_log_id: string | null;
      customer_id: string | null;
      prospect: {
        id: string;
        name: string | null;
      } | null;
      last_event_at: string;
      /** Why it could not become an interaction */
      problem: string | null;
    };
    "v1.LoginInput": {
      email: string;
      password: string;
    };
    "v1.Metric": {
      code: string;
      label: string;
      also_called: string[];
      unit: "money" | "count" | "ratio" | "seconds";
      /** Which way is better */
      direction: "higher" | "lower" | "neutral";
      additive: boolean;
      /** Dimensions whose values add up to the whole */
      additive_over: string[];
      /** What it can be cut and filtered by, besides day, week and month */
      dimensions: string[];
      formula: string;
      description: string;
    };
    "v1.PageViewInput": {
      url?: string;
      /** The path, where there is no URL */
      page?: string;
      title?: string;
      referrer?: string;
      /** Rows of a session are anonymous until one of them names a customer */
      session_id: string;
      /** Stands for an identifier of type cookie */
      visitor_id?: string;
      customer_identifiers?: {
        /** phone, email, external_id, device, cookie, or a type of your own */
        type: string;
        value: string;
      }[];
      /** Default: when the request came in */
      occurred_at?: string;
      content_id?: string;
      /** Makes a repeated request a duplicate */
      external_id?: string;
      /** Default: the utm_ parameters of the URL */
      utm?: Record<string, string>;
      duration_seconds?: number;
    };
    "v1.PermissionExplanation": {
      actor: {
        kind: "user" | "api_key" | "system";
        id: string | null;
        /** The person, or the owner of the key */
        user_id: string | null;
        role_name: string | null;
      };
      permission: string;
      team_id: string | null;
      allowed: boolean;
      code: "GRANTED" | "NO_CREDENTIAL" | "USER_INACTIVE" | "USER_DELETED" | "OBSERVER" | "ROLE_LACKS" | "SCOPE_LACKS" | "TEAM_NOT_ALLOWED";
      reason: string;
      /** null: all teams */
      allowed_team_ids: string[] | null;
    };
    "v1.PermissionGroup": {
      group: string;
      permissions: {
        code_name: string;
        description: string;
      }[];
    };
    "v1.PlatformClaim": {
      id: string;
      channel: string;
      platform: string;
      start_date: string;
      end_date: string;
      status: "created" | "updated" | "unchanged";
    };
    "v1.PlatformClaimInput": {
      channel: string;
      /** Who claims it; default: the channel */
      platform?: string;
      /** First day, in the organization's time zone */
      start_date: string;
      /** Last day, inclusive */
      end_date: string;
      /** A plain decimal number, or the same as a string. */
      conversions: number | string;
      /** A plain decimal number, or the same as a string. */
      revenue?: number | string;
      /** Needed with revenue */
      currency?: string;
    };
    "v1.PlatformOverClaims": {
      run: {
        id: string;
        name: string;
        model_code: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
        as_of: string | null;
      };
      start_date: string | null;
      end_date: string | null;
      /** Whether the run looked at the conversions of all of these days */
      inside_run: boolean;
      channels: ({
        channel: string;
        platforms: string[];
        claimed_conversions: number;
        /** What the model gives this channel */
        credited_conversions: number;
        /** Real ones that the channel touched: the most it can honestly claim */
        touched_conversions: number;
        /** Claimed for each credited one */
        factor: number | null;
        /** 0.842: 84.2 % more than is credited */
        over_claim: number | null;
        revenue: ({
          currency: string;
          claimed: number;
          real: number;
          factor: number | null;
          over_claim: number | null;
        })[];
      })[];
      totals: {
        claimed_conversions: number;
        /** Each conversion of the run in the period once */
        real_conversions: number;
        factor: number | null;
        /** 0.842: platforms claim 84.2 % more conversions than there were */
        over_claim: number | null;
        revenue: ({
          currency: string;
          claimed: number;
          real: number;
          factor: number | null;
          over_claim: number | null;
        })[];
      };
      /** Claims that lie only partly in the range; they are left out */
      claims_cut_by_range: number;
    };
    "v1.PositionWeights": {
      first?: number;
      middle?: number;
      last?: number;
    };
    "v1.Prediction": {
      id: string;
      subject_type: "customer" | "prospect";
      subject_id: string;
      prediction_type: "lead_score" | "purchase_probability";
      score: number | null;
      probability: number | null;
      grade: "A" | "B" | "C" | "D" | null;
      model_name: string;
      model_id: string | null;
      model_revision: number | null;
      /** What it was made of */
      factors: {
        factors?: components['schemas']["v1.ScoreFactor"][];
        coverage?: number;
        base_rate?: number;
        evidence?: ({
          sign: "incomingConversation" | "severalTouches" | "purchaseIntent" | "highIntentPage" | "severalChannels" | "returned";
          shown: boolean;
          /** By what it multiplies the odds */
          factor: number;
          of_buyers: number;
          of_others: number;
        })[];
        sample?: {
          buyers: number;
          others: number;
        };
      };
      reason: string;
      predicted_at: string;
    };
    "v1.PredictionInput": {
      customer_id: string;
      prediction_type?: "purchase_probability";
    };
    "v1.PrivacyRequest": {
      id: string;
      kind: "export" | "erase";
      customer_id: string;
      status: "pending" | "running" | "completed" | "failed";
      certificate: {
        completed_at: string;
        /** Records of the person */
        records: number;
        /** Rows by what was exported or removed */
        counts: Record<string, number>;
        statement: string;
      } | null;
      failure_code: string | null;
      created_at: string;
      completed_at: string | null;
      version: number;
    };
    "v1.ReceivedWebhook": {
      id: string;
      source: string;
      type: string;
      /** static, token: who sent it was proved, what it says was not */
      auth: "signature" | "static" | "token";
      status: "waiting" | "processed";
      outcome: string | null;
      received_at: string;
      processed_at: string | null;
    };
    "v1.RegisterInput": {
      organization_name: string;
      first_name: string;
      last_name?: string | null;
      email: string;
      /** At least 8 characters, at most 256; refused when anybody would try it first */
      password: string;
    };
    "v1.Role": {
      id: string;
      number: number;
      name: string;
      description: string | null;
      permissions: string[];
      /** null: all teams */
      allowed_team_ids: string[] | null;
      base_level: "admin" | "user" | "viewer";
      can_be_edited: boolean;
      is_default: boolean;
      /** How many people have it */
      users: number;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.RoleChanges": {
      name?: string;
      permissions?: string[];
      description?: string | null;
      /** Ids or numbers of teams, with the teams inside them; null: all teams */
      allowed_team_ids?: (number | string)[] | null;
      /** false freezes the role for good */
      can_be_edited?: boolean;
      /** true keeps the role from being deleted */
      is_default?: boolean;
    };
    "v1.RoleInput": {
      name: string;
      /** Code names */
      permissions: string[];
      description?: string | null;
      /** Ids or numbers of teams, with the teams inside them; null: all teams */
      allowed_team_ids?: (number | string)[] | null;
      /** false freezes the role for good */
      can_be_edited?: boolean;
      /** true keeps the role from being deleted */
      is_default?: boolean;
    };
    "v1.RouteLeadsInput": {
      /** Id or number */
      team_id: number | string;
      min_score?: number;
      limit?: number;
    };
    "v1.ScoreFactor": {
      factor: "demographic" | "behavioral" | "intent" | "firmographic" | "technographic" | "interactionHistory" | "engagementLevel" | "purchaseProbability" | "accountAttributes";
      /** 0 to 100; null: nothing is known */
      value: number | null;
      /** Part of all weights */
      weight: number;
      /** What it adds to the score */
      points: number;
      evidence: Record<string, unknown>;
    };
    "v1.ScoringModel": {
      id: string;
      name: string;
      description: string | null;
      /** Raised by every change of weights, profile or thresholds */
      revision: number;
      /** What each factor weighs beside the others; one that is left out weighs nothing */
      weights: {
        /** Who they are: title, industry and size of the company against the profile */
        demographic?: number;
        /** What they did in the last 60 days: pages, content, e-mails */
        behavioral?: number;
        /** The intent score of this moment */
        intent?: number;
        /** How large the company is: revenue and employees */
        firmographic?: number;
        /** What the company works with, against the profile */
        technographic?: number;
        /** Conversations of the last 180 days, incoming ones first */
        interaction_history?: number;
        /** Days of the last 30 on which they did something themselves */
        engagement_level?: number;
        /** What conversations said of a purchase, the latest first */
        purchase_probability?: number;
        /** Stage of the account, whether it is a target, open deals */
        account_attributes?: number;
      };
      /** Whom you look for; what it leaves open is not judged */
      profile: {
        /** Parts of titles */
        titles?: string[];
        industries?: string[];
        technologies?: string[];
        min_employees?: number;
        max_employees?: number;
      };
      /** Least scores of the grades; default 80, 60, 40 */
      thresholds: {
        a?: number;
        b?: number;
        c?: number;
      };
      is_active: boolean;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.ScoringModelChanges": {
      name?: string;
      description?: string | null;
      /** What each factor weighs beside the others; one that is left out weighs nothing */
      weights?: {
        /** Who they are: title, industry and size of the company against the profile */
        demographic?: number;
        /** What they did in the last 60 days: pages, content, e-mails */
        behavioral?: number;
        /** The intent score of this moment */
        intent?: number;
        /** How large the company is: revenue and employees */
        firmographic?: number;
        /** What the company works with, against the profile */
        technographic?: number;
        /** Conversations of the last 180 days, incoming ones first */
        interaction_history?: number;
        /** Days of the last 30 on which they did something themselves */
        engagement_level?: number;
        /** What conversations said of a purchase, the latest first */
        purchase_probability?: number;
        /** Stage of the account, whether it is a target, open deals */
        account_attributes?: number;
      };
      /** Whom you look for; what it leaves open is not judged */
      profile?: {
        /** Parts of titles */
        titles?: string[];
        industries?: string[];
        technologies?: string[];
        min_employees?: number;
        max_employees?: number;
      };
      /** Least scores of the grades; default 80, 60, 40 */
      thresholds?: {
        a?: number;
        b?: number;
        c?: number;
      };
      is_active?: boolean;
    };
    "v1.ScoringModelInput": {
      name: string;
      description?: string | null;
      /** What each factor weighs beside the others; one that is left out weighs nothing */
      weights: {
        /** Who they are: title, industry and size of the company against the profile */
        demographic?: number;
        /** What they did in the last 60 days: pages, content, e-mails */
        behavioral?: number;
        /** The intent score of this moment */
        intent?: number;
        /** How large the company is: revenue and employees */
        firmographic?: number;
        /** What the company works with, against the profile */
        technographic?: number;
        /** Conversations of the last 180 days, incoming ones first */
        interaction_history?: number;
        /** Days of the last 30 on which they did something themselves */
        engagement_level?: number;
        /** What conversations said of a purchase, the latest first */
        purchase_probability?: number;
        /** Stage of the account, whether it is a target, open deals */
        account_attributes?: number;
      };
      /** Whom you look for; what it leaves open is not judged */
      profile?: {
        /** Parts of titles */
        titles?: string[];
        industries?: string[];
        technologies?: string[];
        min_employees?: number;
        max_employees?: number;
      };
      /** Least scores of the grades; default 80, 60, 40 */
      thresholds?: {
        a?: number;
        b?: number;
        c?: number;
      };
      /** The active one takes the place of the one before */
      is_active?: boolean;
    };
    "v1.SignedIn": {
      /** The access token, again */
      token: string;
      /** Send it as Authorization: Bearer … */
      access_token: string;
      /** Exchanged once for new tokens with POST /api/v1/auth/refresh */
      refresh_token: string;
      token_type: "Bearer";
      /** Seconds until the access token expires */
      expires_in: number;
      user: components['schemas']["v1.AccountUser"];
      organization: components['schemas']["v1.AccountOrganization"];
    };
    "v1.Spend": {
      id: string;
      external_id: string;
      date: string;
      channel: string;
      vendor_id: string | null;
      vendor_code: string | null;
      campaign: string | null;
      amount_decimal: number;
      currency: string;
      voided_at: string | null;
      void_reason: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.SpendChanges": {
      date?: string;
      channel?: string;
      vendor_code?: string | null;
      campaign?: string | null;
      /** A plain decimal number, or the same as a string. */
      amount_decimal?: number | string;
      currency?: string;
    };
    "v1.SpendInput": {
      date: string;
      channel: string;
      /** An unknown code creates the vendor */
      vendor_code?: string;
      campaign?: string;
      /** A plain decimal number, or the same as a string. */
      amount_decimal: number | string;
      currency: string;
      /** Absent: made of day, channel, vendor and campaign, so that the same line twice is a duplicate */
      external_id?: string;
    };
    "v1.SpendReceipt": {
      id: string;
      external_id: string;
      created_at: string;
    };
    "v1.Team": {
      id: string;
      number: number;
      name: string;
      description: string | null;
      vendor: {
        id: string;
        code: string;
        name: string;
      } | null;
      /** People in this very team */
      members: number;
      parent: {
        id: string;
        number: number;
        name: string;
      } | null;
      /** With those of the teams inside it */
      total_members: number;
      sub_teams: ({
        id: string;
        number: number;
        name: string;
        description: string | null;
        vendor: {
          id: string;
          code: string;
          name: string;
        } | null;
        /** People in this very team */
        members: number;
      })[];
      settings: Record<string, unknown>;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.TeamChanges": {
      name?: string;
      description?: string | null;
      /** The vendor whose people these are */
      vendor_id?: string | null;
      /** Id or number of a top-level team */
      parent_team_id?: number | string | null;
      settings?: Record<string, unknown>;
    };
    "v1.TeamDetail": {
      id: string;
      number: number;
      name: string;
      description: string | null;
      vendor: {
        id: string;
        code: string;
        name: string;
      } | null;
      /** People in this very team */
      members: number;
      parent: {
        id: string;
        number: number;
        name: string;
      } | null;
      /** With those of the teams inside it */
      total_members: number;
      sub_teams: ({
        id: string;
        number: number;
        name: string;
        description: string | null;
        vendor: {
          id: string;
          code: string;
          name: string;
        } | null;
        /** People in this very team */
        members: number;
      })[];
      settings: Record<string, unknown>;
      created_at: string;
      updated_at: string;
      version: number;
      /** The first 200 members by name */
      people: {
        id: string;
        name: string;
        email: string;
        status: string;
      }[];
    };
    "v1.TeamInput": {
      name: string;
      description?: string | null;
      /** The vendor whose people these are */
      vendor_id?: string | null;
      /** Id or number of a top-level team */
      parent_team_id?: number | string | null;
      settings?: Record<string, unknown>;
    };
    "v1.TeamMembersAdded": {
      team_id: string;
      added: ({
        user_id: string;
        previous_team_id: string | null;
      })[];
      /** Those who were in the team already */
      unchanged: string[];
    };
    "v1.TeamMembersInput": {
      user_ids: string[];
    };
    "v1.UnattributedConversion": {
      conversion_id: string;
      external_event_id: string;
      customer_id: string;
      amount: number;
      currency: string;
      occurred_at: string;
      nearest_touch: {
        interaction_id: string;
        external_interaction_id: string;
        /** interaction, page_view, or the type of the event */
        touch_type: string;
        channel: string;
        started_at: string;
        /** 0 when a filter of the run kept the touch out */
        hours_outside_window: number;
      } | null;
    };
    "v1.Upload": {
      id: string;
      kind: "interactions" | "conversions" | "spend" | "agents" | "vendors" | "users" | "prospects" | "intent_signals";
      file_name: string;
      format: "csv" | "jsonl";
      size_bytes: number;
      status: "pending" | "running" | "completed" | "failed" | "cancelled" | "undoing" | "undone";
      dry_run: boolean;
      /** How rows find existing records, where the kind has a choice */
      options: Record<string, unknown>;
      mapping: Record<string, string | null> | null;
      /** windows-1252 is the fallback for what is no UTF-8 */
      encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | null;
      delimiter: string | null;
      progress: {
        processed: number;
        total: number | null;
      };
      created: number;
      updated: number;
      /** Duplicates */
      skipped: number;
      failed: number;
      /** The first ones; /errors has all of them */
      errors: ({
        /** First physical line of the row in the file */
        line: number;
        field: string | null;
        code: string;
        message: string;
      })[];
      failure: {
        code: string;
        message: string;
      } | null;
      /** Records that an undo left: changed or used since */
      kept_after_undo: number | null;
      /** The first 100 of them; lists of uploads leave them out */
      kept_ids: string[];
      started_at: string | null;
      completed_at: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.UploadPreview": {
      format: "csv" | "jsonl";
      encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
      delimiter: string | null;
      header: string[];
      fields: {
        name: string;
        required: boolean;
      }[];
      suggestions: ({
        column: string;
        field: string | null;
        /** From 0.9 on it is used without being confirmed */
        confidence: number;
      })[];
      mapping: Record<string, string | null>;
      rows: ({
        line: number;
        values: Record<string, unknown> | null;
      })[];
      problems: {
        code: string;
        message: string;
      }[];
      errors: ({
        /** First physical line of the row in the file */
        line: number;
        field: string | null;
        code: string;
        message: string;
      })[];
    };
    "v1.UseCase": {
      id: string;
      name: string;
      description: string | null;
      config: components['schemas']["v1.UseCaseConfigView"];
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.UseCaseConfig": {
      model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      /** Channels whose touches count */
      channels?: string[];
      /** Conversion types to include */
      event_types?: string[];
      /** Id or number: only touches with a participant of this team */
      team_id?: number | string;
      /** Only touches of this vendor */
      vendor_id?: string;
    };
    "v1.UseCaseConfigView": {
      model_code?: "FIRST_TOUCH" | "LAST_TOUCH" | "LINEAR" | "TIME_DECAY" | "AI_WEIGHTED" | "POSITION_BASED" | "W_SHAPED" | "FULL_PATH" | "LAST_NON_DIRECT" | "CUSTOM" | "MARKOV" | "SHAPLEY";
      /** Channels whose touches count */
      channels?: string[];
      /** Conversion types to include */
      event_types?: string[];
      team_id?: string;
      /** Only touches of this vendor */
      vendor_id?: string;
    };
    "v1.UseCaseInput": {
      name: string;
      description?: string;
      config?: components['schemas']["v1.UseCaseConfig"];
    };
    "v1.User": {
      id: string;
      email: string;
      first_name: string | null;
      last_name: string | null;
      /** Both names, else the e-mail */
      name: string;
      phone: string | null;
      location: string | null;
      role: {
        id: string;
        number: number;
        name: string;
      } | null;
      base_level: "admin" | "user" | "viewer";
      /** The top-level team */
      team: {
        id: string;
        number: number;
        name: string;
      } | null;
      /** The team inside it, where the person is in one */
      sub_team: {
        id: string;
        number: number;
        name: string;
      } | null;
      manager: {
        id: string;
        name: string;
      } | null;
      user_type: "product_user" | "observer";
      status: "active" | "inactive";
      /** null: the organization's */
      timezone: string | null;
      /** null: the organization's */
      language: string | null;
      last_active_at: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.UserChanges": {
      email?: string;
      first_name?: string;
      last_name?: string | null;
      timezone?: string | null;
      language?: string | null;
      phone?: string | null;
      location?: string | null;
      user_type?: "product_user" | "observer";
      /** Id, number or name of a role */
      role_id?: number | string;
      /** Id or number of a team */
      team_id?: number | string | null;
      /** Id or number of a team inside it */
      sub_team_id?: number | string | null;
      manager_id?: string | null;
      status?: "active" | "inactive";
      /** Ends what was signed in with the old one */
      password?: string;
      /** To change your own password, where you have one */
      current_password?: string;
    };
    "v1.UserInput": {
      email: string;
      first_name: string;
      last_name?: string | null;
      timezone?: string | null;
      language?: string | null;
      phone?: string | null;
      location?: string | null;
      user_type?: "product_user" | "observer";
      /** Id, number or name of a role */
      role_id?: number | string;
      /** Id or number of a team */
      team_id?: number | string | null;
      /** Id or number of a team inside it */
      sub_team_id?: number | string | null;
      manager_id?: string | null;
      status?: "active" | "inactive";
      /** Without it the person signs in once they have set one */
      password?: string;
    };
    "v1.Vendor": {
      id: string;
      code: string;
      name: string;
      cost_per_interaction: number | null;
      cost_per_minute: number | null;
      cost_currency: string | null;
      created_at: string;
      updated_at: string;
      version: number;
    };
    "v1.VendorChanges": {
      name?: string;
      cost_per_interaction?: number | string | null;
      cost_per_minute?: number | string | null;
      cost_currency?: string | null;
    };
    "v1.VendorDetail": {
      id: string;
      code: string;
      name: string;
      cost_per_interaction: number | null;
      cost_per_minute: number | null;
      cost_currency: string | null;
      created_at: string;
      updated_at: string;
      version: number;
      /** Those that its agents work in */
      teams: {
        id: string;
        name: string;
      }[];
      volume: {
        agents: number;
        interactions_last30_days: number;
      };
    };
    "v1.VendorInput": {
      /** As interactions name it */
      code: string;
      name: string;
      cost_per_interaction?: number | string | null;
      cost_per_minute?: number | string | null;
      cost_currency?: string | null;
    };
    "v1.VendorsComparison": {
      period: {
        start_date: string;
        end_date: string;
        timezone: string;
      };
      previous_period: {
        start_date: string;
        end_date: string;
      } | null;
      run: {
        id: string;
        name: string;
        model_code: string;
        generation: number;
        as_of: string;
        start_date: string | null;
        end_date: string | null;
        range_inside_run: boolean;
      } | null;
      model_code: string;
      warnings: {
        code: string;
        message: string;
      }[];
      money: {
        /** grouped: a rate is missing, so amounts of different currencies stand apart in by_currency */
        mode: "single" | "converted" | "grouped";
        currency: string;
        /** Those of the facts */
        currencies: string[];
        /** Rates that were used */
        rates: {
          from: string;
          to: string;
          rate: number;
          effective_on: string;
          /** Stored in the other direction */
          inverse: boolean;
        }[];
      };
      group_by: string[];
      rows: components['schemas']["v1.VendorsComparisonRow"][];
      rows_total: number;
      /** What belongs to no value; with it the rows add up to the totals */
      unassigned: components['schemas']["v1.VendorsComparisonRow"] | null;
      totals: components['schemas']["v1.VendorsComparisonRow"];
    };
    "v1.VendorsComparisonRow": {
      /** First day of the day, week or month */
      period?: string | null;
      agent_id?: string | null;
      agent_external_id?: string | null;
      agent_name?: string | null;
      team_id?: string | null;
      team_name?: string | null;
      vendor_id?: string | null;
      vendor_code?: string | null;
      vendor_name?: string | null;
      channel?: string | null;
      campaign?: string | null;
      content_id?: string | null;
      source?: string | null;
      intent?: string | null;
      /** Total attributed revenue */
      attributed_revenue: number | null;
      /** Number of conversions */
      conversions: number | null;
      /** Attributed conversions */
      attributed_conversions: number | null;
      /** Average deal size */
      avg_deal_size: number | null;
      /** Total interactions */
      total_interactions: number | null;
      /** Call volume */
      call_volume: number | null;
      /** Average call duration */
      avg_call_duration: number | null;
      /** Conversion rate */
      conversion_rate: number | null;
      /** Cost */
      cost: number | null;
      /** Spend */
      spend: number | null;
      /** Cost of interactions */
      interaction_cost: number | null;
      /** Cost per acquisition (CPA) */
      cpa: number | null;
      /** Return on investment (ROI) */
      roi: number | null;
      /** Return on spend (ROAS) */
      roas: number | null;
      /** Purchase probability */
      avg_purchase_probability: number | null;
      /** Interactions with a known intent */
      intent_detection_rate: number | null;
      by_currency: ({
        currency: string;
        /** Total attributed revenue */
        attributed_revenue?: number | null;
        /** Number of conversions */
        conversions?: number | null;
        /** Attributed conversions */
        attributed_conversions?: number | null;
        /** Average deal size */
        avg_deal_size?: number | null;
        /** Total interactions */
        total_interactions?: number | null;
        /** Call volume */
        call_volume?: number | null;
        /** Average call duration */
        avg_call_duration?: number | null;
        /** Conversion rate */
        conversion_rate?: number | null;
        /** Cost */
        cost?: number | null;
        /** Spend */
        spend?: number | null;
        /** Cost of interactions */
        interaction_cost?: number | null;
        /** Cost per acquisition (CPA) */
        cpa?: number | null;
        /** Return on investment (ROI) */
        roi?: number | null;
        /** Return on spend (ROAS) */
        roas?: number | null;
        /** Purchase probability */
        avg_purchase_probability?: number | null;
        /** Interactions with a known intent */
        intent_detection_rate?: number | null;
      })[];
      previous: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Average deal size */
        avg_deal_size: number | null;
        /** Total interactions */
        total_interactions: number | null;
        /** Call volume */
        call_volume: number | null;
        /** Average call duration */
        avg_call_duration: number | null;
        /** Conversion rate */
        conversion_rate: number | null;
        /** Cost */
        cost: number | null;
        /** Spend */
        spend: number | null;
        /** Cost of interactions */
        interaction_cost: number | null;
        /** Cost per acquisition (CPA) */
        cpa: number | null;
        /** Return on investment (ROI) */
        roi: number | null;
        /** Return on spend (ROAS) */
        roas: number | null;
        /** Purchase probability */
        avg_purchase_probability: number | null;
        /** Interactions with a known intent */
        intent_detection_rate: number | null;
      } | null;
      /** Relative change since the previous period */
      change: {
        /** Total attributed revenue */
        attributed_revenue: number | null;
        /** Number of conversions */
        conversions: number | null;
        /** Attributed conversions */
        attributed_conversions: number | null;
        /** Average deal size */
        avg_deal_size: number | null;
        /** Total interactions */
        total_interactions: number | null;
        /** Call volume */
        call_volume: number | null;
        /** Average call duration */
        avg_call_duration: number | null;
        /** Conversion rate */
        conversion_rate: number | null;
        /** Cost */
        cost: number | null;
        /** Spend */
        spend: number | null;
        /** Cost of interactions */
        interaction_cost: number | null;
        /** Cost per acquisition (CPA) */
        cpa: number | null;
        /** Return on investment (ROI) */
        roi: number | null;
        /** Return on spend (ROAS) */
        roas: number | null;
        /** Purchase probability */
        avg_purchase_probability: number | null;
        /** Interactions with a known intent */
        intent_detection_rate: number | null;
      } | null;
    };
    "v1.VoidInput": {
      reason: string;
    };
    "v1.WebhookReceipt": {
      received: true;
      /** It was here before and changes nothing */
      duplicate: boolean;
    };
    "v1.WriteKey": {
      id: string;
      name: string;
      /** Public: it stands in the source of a page and may only ingest */
      key: string;
      status: "active" | "revoked";
      created_at: string;
      updated_at: string;
    };
    "v1.WriteKeyInput": {
      name: string;
    };
  };
}
