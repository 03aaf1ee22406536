export interface BannerFacts {
  apiUrl: string;
  temporalUiUrl?: string | undefined;
  databaseUrl: string;
  organizationId: string;
  organizationName: string;
  apiKey: string;
  /** Further demo organizations; the tour is in the one above. */
  others?: readonly { organizationId: string; organizationName: string; apiKey: string }[];
  readySeconds: number;
  logFile?: string | undefined;
}

const INTERACTION = {
  external_interaction_id: 'call-12345',
  channel: 'call',
  vendor_code: 'convin',
  started_at: '2024-01-15T10:30:00Z',
  ended_at: '2024-01-15T10:45:00Z',
  direction: 'inbound',
  customer_identifiers: [{ type: 'phone', value: '+1234567890' }],
  primary_intent: 'purchase_inquiry',
  purchase_probability: 0.75,
};
const CONVERSION = {
  external_event_id: 'order-789',
  event_type: 'purchase',
  customer_identifiers: [{ type: 'phone', value: '+1234567890' }],
  amount_decimal: 5000.0,
  currency: 'USD',
  occurred_at: '2024-01-20T14:00:00Z',
  event_source: 'billing',
};
// The call and the order lie five days apart, so the window is a week; the dates leave the demo's own orders out.
const RUN = {
  model_code: 'TIME_DECAY',
  name: 'Q1 2024 Attribution',
  config: {
    time_window_hours: 168,
    include_channels: ['call', 'email', 'chat'],
    event_types: ['purchase', 'signup'],
    min_purchase_amount: 100,
    start_date: '2024-01-01',
    end_date: '2024-03-31',
  },
};

/** The lines a first visitor pastes: one interaction, one conversion, a run, its execution, its results. */
export function tour({ apiUrl, apiKey, organizationId }: BannerFacts): string[] {
  const variables = [`API=${apiUrl}`, `KEY=${apiKey}`, `ORG=${organizationId}`].join(' ');
  const post = `curl -sS -X POST -H "X-API-Key: $KEY" -H "X-Tenant-ID: $ORG" -H 'Content-Type: application/json'`;
  const get = `curl -sS -H "X-API-Key: $KEY" -H "X-Tenant-ID: $ORG"`;
  const pickId = `grep -oE '"id": *"[^"]+"' | head -n 1 | cut -d '"' -f 4`;
  return [
    variables,
    `${post} "$API/v1/interactions" -d '${JSON.stringify(INTERACTION)}'; echo`,
    `${post} "$API/v1/conversions" -d '${JSON.stringify(CONVERSION)}'; echo`,
    `RUN=$(${post} "$API/v1/attribution/runs" -d '${JSON.stringify(RUN)}' | ${pickId}); echo "$RUN"`,
    `${post} "$API/v1/attribution/runs/$RUN/execute"; echo`,
    `${get} -N "$API/v1/attribution/runs/$RUN/progress/stream" | tail -n 3; ${get} "$API/v1/attribution/runs/$RUN"; echo`,
    `${get} "$API/v1/attribution/runs/$RUN/results"; echo`,
  ];
}

export function banner(facts: BannerFacts): string {
  const rows: [string, string | undefined][] = [
    ['API', facts.apiUrl],
    ['API reference', `${facts.apiUrl}/docs`],
    ['Temporal UI', facts.temporalUiUrl],
    ['PostgreSQL', facts.databaseUrl],
    ['Organization', `${facts.organizationId}  (${facts.organizationName})`],
    ['API key', facts.apiKey],
    ...(facts.others ?? []).flatMap((other): [string, string][] => [
      ['Another one', `${other.organizationId}  (${other.organizationName})`],
      ['Its API key', other.apiKey],
    ]),
    ['Log file', facts.logFile],
  ];
  const table = rows.flatMap(([name, value]) => (value ? [`  ${name.padEnd(14)} ${value}`] : []));
  return [
    '',
    `Revloop is ready after ${facts.readySeconds.toFixed(1)} s.`,
    '',
    ...table,
    '',
    'Paste this to see a call become revenue:',
    '',
    ...tour(facts),
    '',
    'Ctrl-C stops everything. The data stays for the next start.',
    '',
  ].join('\n');
}
