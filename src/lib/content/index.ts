export * from './site';
export { readTopology } from './read-topology';
export { hrefOf } from './references';
export { pagesOf, sitemap } from './sitemap';
