/** As Stripe counts, which is not ISO 4217 everywhere: ISK and UGX have two places there for the sake of old callers. */
const WITHOUT_PLACES: ReadonlySet<string> = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const WITH_THREE: ReadonlySet<string> = new Set('bhd jod kwd omn tnd'.split(' '));

/** Stripe's smallest unit → decimal text, exactly: 1999, usd → "19.99". */
export function stripeDecimal(amount: number, currency: string): string {
  const code = currency.toLowerCase();
  const places = WITHOUT_PLACES.has(code) ? 0 : WITH_THREE.has(code) ? 3 : 2;
  const sign = amount < 0 ? '-' : '';
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
