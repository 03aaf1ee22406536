const DIGITS = 12;

/** Sums amounts without the error of floating point: credits add up exactly, and so must their sums. */
export class DecimalSum {
  #units = 0n;

  add(value: number): void {
    const [mantissa = '0', exponent = '0'] = String(value).split('e');
    const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.');
    const shift = DIGITS - fraction.length + Number(exponent);
    const digits = BigInt(`${whole}${fraction}`);
    const units = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
    this.#units += value < 0 ? -units : units;
  }

  toString(): string {
    const negative = this.#units < 0n;
    const digits = String(negative ? -this.#units : this.#units).padStart(DIGITS + 1, '0');
    const fraction = digits.slice(-DIGITS).replace(/0+$/, '').padEnd(2, '0');
    return `${negative ? '-' : ''}${digits.slice(0, -DIGITS)}.${fraction}`;
  }
}
