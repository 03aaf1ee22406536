/** The namespace that the test run's server is started with. */
export const TEST_NAMESPACE = 'revloop';
