import { defineConfig } from 'vitest/config';

/** The pure tests of the rules that are mutated; nothing here needs a server. */
export default defineConfig({
  test: {
    include: ['domain/{insight,core,data,service,outreach,platform}/**/*.test.ts'],
    pool: 'threads',
  },
});
