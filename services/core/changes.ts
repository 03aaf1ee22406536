/** A partial change as it comes out of a request: an absent field stays as it is. */
export type Changes<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };
