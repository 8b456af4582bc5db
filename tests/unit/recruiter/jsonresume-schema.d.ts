/** The package ships no types; this is what the tests use of it. */
declare module '@jsonresume/schema' {
	const schema: {
		validate(resume: unknown, callback: (errors: unknown, valid?: boolean) => void): void;
	};
	export default schema;
}
