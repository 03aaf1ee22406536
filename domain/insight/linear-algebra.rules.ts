/** The inverse of a square matrix, by Gauss and Jordan with row exchange. @throws RangeError when there is none. */
export function invert(matrix: readonly Float64Array[]): Float64Array[] {
  const n = matrix.length;
  const inverse = Array.from({ length: n }, (_, row) => {
    const line = new Float64Array(n);
    line[row] = 1;
    return line;
  });
  eliminate(
    matrix.map((row) => row.slice()),
    inverse,
  );
  return inverse;
}

/** x with A·x = b. @throws RangeError when there is none. */
export function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const columns = Array.from(right, (value) => Float64Array.of(value));
  eliminate(
    matrix.map((row) => row.slice()),
    columns,
  );
  return Float64Array.from(columns, (column) => column[0]!);
}

/** Turns `left` into the identity by row operations, and does the same to `right`. */
function eliminate(left: Float64Array[], right: Float64Array[]): void {
  const n = left.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(left[row]![column]!) > Math.abs(left[pivot]![column]!)) pivot = row;
    }
    [left[column], left[pivot]] = [left[pivot]!, left[column]!];
    [right[column], right[pivot]] = [right[pivot]!, right[column]!];
    const top = left[column]!;
    const beside = right[column]!;
    const divisor = top[column]!;
    if (!(Math.abs(divisor) > 0)) throw new RangeError('the matrix has no inverse');
    for (let k = column; k < n; k++) top[k]! /= divisor;
    for (let k = 0; k < beside.length; k++) beside[k]! /= divisor;
    for (let row = 0; row < n; row++) {
      const factor = left[row]![column]!;
      if (row === column || factor === 0) continue;
      const line = left[row]!;
      const other = right[row]!;
      for (let k = column; k < n; k++) line[k]! -= factor * top[k]!;
      for (let k = 0; k < other.length; k++) other[k]! -= factor * beside[k]!;
    }
  }
}
