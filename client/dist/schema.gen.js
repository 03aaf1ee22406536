// Generated from openapi.json by `npm run client`; do not edit.
export {};
