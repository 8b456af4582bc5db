export * from './site';
export { changesFor } from './figure-changes';
export { readTopology } from './read-topology';
export { hrefOf } from './references';
export { pagesOf, sitemap } from './sitemap';
