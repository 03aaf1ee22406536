/** What a domain says about mail that is sent in its name. */
export const DOMAIN_RESULTS = ['pass', 'fail', 'missing', 'unknown'] as const;
export type DomainResult = (typeof DOMAIN_RESULTS)[number];

/** TXT records by name; null: nobody could be asked. */
export interface DomainRecords {
  readonly root: readonly string[] | null;
  readonly dmarc: readonly string[] | null;
  /** Of each selector that was asked for. */
  readonly dkim: Readonly<Record<string, readonly string[] | null>>;
}

export interface DomainFinding {
  readonly check: 'spf' | 'dkim' | 'dmarc';
  readonly message: string;
}

export interface DomainReport {
  readonly spf: DomainResult;
  readonly dkim: DomainResult;
  readonly dmarc: DomainResult;
  readonly findings: readonly DomainFinding[];
}

/** Selectors of the providers that are built in, and common ones. */
export const COMMON_SELECTORS = ['s1', 's2', 'default', 'selector1', 'selector2', 'google', 'k1'] as const;

/** Whether mail in the name of the domain can be told from forged mail (RFC 7208, 6376, 7489). */
export function judgeDomain(records: DomainRecords): DomainReport {
  const findings: DomainFinding[] = [];
  const note = (check: DomainFinding['check'], message: string) => findings.push({ check, message });
  return {
    spf: judgeSpf(records.root, (message) => note('spf', message)),
    dkim: judgeDkim(records.dkim, (message) => note('dkim', message)),
    dmarc: judgeDmarc(records.dmarc, (message) => note('dmarc', message)),
    findings,
  };
}

export const isVerified = ({ spf, dkim, dmarc }: Pick<DomainReport, 'spf' | 'dkim' | 'dmarc'>): boolean =>
  spf === 'pass' && dkim === 'pass' && dmarc === 'pass';

type Note = (message: string) => void;

function judgeSpf(root: readonly string[] | null, note: Note): DomainResult {
  if (root === null) return unknown(note);
  const records = root.filter((record) => /^v=spf1(?:\s|$)/i.test(record.trim()));
  if (records.length === 0) {
    note('There is no SPF record; publish one TXT record that begins with v=spf1.');
    return 'missing';
  }
  if (records.length > 1) {
    note('There are several SPF records; receivers then ignore all of them. Keep one.');
    return 'fail';
  }
  const terms = records[0]!.trim().toLowerCase().split(/\s+/).slice(1);
  if (terms.some((term) => term === '+all' || term === 'all')) {
    note('The SPF record allows everybody (+all); end it with ~all or -all.');
    return 'fail';
  }
  const lookUps = terms.filter((term) =>
    /^[+~?-]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr|exists:|redirect=)/.test(term),
  );
  if (lookUps.length > 10) {
    note('The SPF record needs more than ten look-ups; receivers stop there.');
    return 'fail';
  }
  if (!terms.some((term) => /^[~?-]all$/.test(term) || term.startsWith('redirect='))) {
    note('The SPF record does not say what happens to others; end it with ~all or -all.');
    return 'fail';
  }
  return 'pass';
}

function judgeDkim(selectors: DomainRecords['dkim'], note: Note): DomainResult {
  const answers = Object.values(selectors);
  const found = answers.flatMap((records) => records ?? []).filter((record) => /(?:^|;)\s*p=/i.test(record));
  if (found.length === 0) {
    if (answers.some((records) => records === null)) return unknown(note);
    note('No DKIM key was found; publish the records of your provider, or name your selector in dkimSelectors.');
    return 'missing';
  }
  // An empty key is how a key is withdrawn.
  if (found.some((record) => /(?:^|;)\s*p=[A-Za-z0-9+/]/i.test(record))) return 'pass';
  note('The DKIM key has been withdrawn (p= is empty).');
  return 'fail';
}

function judgeDmarc(dmarc: readonly string[] | null, note: Note): DomainResult {
  if (dmarc === null) return unknown(note);
  const records = dmarc.filter((record) => /^v=DMARC1\s*(?:;|$)/i.test(record.trim()));
  if (records.length === 0) {
    note('There is no DMARC record; publish a TXT record at _dmarc that begins with v=DMARC1; p=none.');
    return 'missing';
  }
  if (records.length > 1) {
    note('There are several DMARC records; receivers then ignore all of them. Keep one.');
    return 'fail';
  }
  if (!/;\s*p=(?:none|quarantine|reject)\s*(?:;|$)/i.test(records[0]!)) {
    note('The DMARC record has no policy; p= is none, quarantine or reject.');
    return 'fail';
  }
  return 'pass';
}

function unknown(note: Note): DomainResult {
  note('No name server answered; the check is repeated when the sender is changed or asked for.');
  return 'unknown';
}
