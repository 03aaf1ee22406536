import { describe, expect, it } from 'vitest';
import { createCircuit } from './circuit.ts';

function arrange() {
  let now = 0;
  return {
    circuit: createCircuit(() => now),
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
  };
}

describe('a circuit', () => {
  it('opens at the fifth failure in a row, and again at the first one after its rest', () => {
    const { circuit, pass } = arrange();
    for (let failure = 1; failure <= 4; failure++) circuit.failed();
    expect(circuit.isOpen()).toBe(false);
    circuit.succeeded();
    for (let failure = 1; failure <= 5; failure++) circuit.failed();
    expect(circuit.isOpen()).toBe(true);
    pass(15);
    expect(circuit.isOpen()).toBe(false);
    circuit.failed();
    expect(circuit.isOpen()).toBe(true);
  });

  it('closes for good once something went well', () => {
    const { circuit, pass } = arrange();
    for (let failure = 1; failure <= 5; failure++) circuit.failed();
    pass(15);
    circuit.succeeded();
    circuit.failed();
    expect(circuit.isOpen()).toBe(false);
  });

  it('keeps the longest rest that was asked for, and none of more than five minutes', () => {
    const { circuit, pass } = arrange();
    circuit.restFor(40);
    circuit.restFor(2);
    pass(39);
    expect(circuit.isOpen()).toBe(true);
    pass(1);
    expect(circuit.isOpen()).toBe(false);
    circuit.restFor(3_600);
    pass(300);
    expect(circuit.isOpen()).toBe(false);
  });
});
