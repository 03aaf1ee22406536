/** ISO 4217 minor units. Kept here, not read from the runtime: a changed exponent would change stored amounts. */
const ZERO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMN TND';
const FOUR_DECIMALS = 'CLF UYW';
const TWO_DECIMALS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF ' +
  'CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
  'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN ' +
  'MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS ' +
  'SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  (
    [
      [ZERO_DECIMALS, 0],
      [TWO_DECIMALS, 2],
      [THREE_DECIMALS, 3],
      [FOUR_DECIMALS, 4],
    ] as const
  ).flatMap(([codes, exponent]) => codes.split(' ').map((code) => [code, exponent] as const)),
);

/** The currencies that do not have two decimal places. */
export const UNUSUAL_CURRENCIES: readonly string[] = [...EXPONENTS].flatMap(([code, places]) =>
  places === 2 ? [] : [code],
);

/** Largest amount of one fact, in minor units: keeps amount × weight inside 64 bits. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000;

export const isCurrency = (code: string): boolean => EXPONENTS.has(code);

/** Decimal places of a currency. @throws RangeError for an unknown code. */
export function currencyExponent(code: string): number {
  const exponent = EXPONENTS.get(code);
  if (exponent === undefined) throw new RangeError(`unknown currency ${code}`);
  return exponent;
}

export type MinorUnits = { ok: true; minor: number } | { ok: false; reason: string };

/** `"5000.00"`, USD → 500000. Exact: the decimal text is never turned into a binary fraction. */
export function toMinorUnits(decimal: string, currency: string): MinorUnits {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) return { ok: false, reason: 'must be a decimal number such as 5000.00' };
  const [, sign, whole = '0', fraction = ''] = match;
  const exponent = currencyExponent(currency);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > exponent) {
    return { ok: false, reason: `is too precise: ${currency} has ${exponent} decimal places` };
  }
  const minor = BigInt(whole + significant.padEnd(exponent, '0'));
  if (minor > BigInt(MAX_AMOUNT_MINOR)) return { ok: false, reason: 'is larger than this product can account for' };
  return { ok: true, minor: sign === '-' && minor > 0n ? -Number(minor) : Number(minor) };
}

/** 500000, USD → `"5000.00"`. */
export function fromMinorUnits(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return minor < 0 ? `-${text}` : text;
}
