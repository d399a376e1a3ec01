/**
 * Programs whose completion spec lists all options, made from the program itself or kept up by its vendor. Of 2,200 flags
 * in commands that people documented, the other specs lack every fifth, so a flag that they lack is no error. Found by
 * reading tldr-pages' commands with all specs.
 */
export const TRUSTED_SPECS: ReadonlySet<string> = new Set([
  'az',
  'gcloud',
  'aws',
  'docker',
  'docker-compose',
  'kubectl',
]);
