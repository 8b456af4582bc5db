/** Content as the build hands it over; see src/lib/content/plugin.ts. */
declare module 'virtual:site' {
	const site: import('$lib/content').Site;
	export default site;
}
