export * from './site';
export { hrefOf } from './references';
