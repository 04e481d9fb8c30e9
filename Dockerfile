# syntax=docker/dockerfile:1
# The server in an image: built against the system's libpq, so that the connection to PostgreSQL can be encrypted.

FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends cmake g++ libpq-dev make pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/build/target \
    cargo build --release --locked --no-default-features \
 && install -D target/release/kularing /out/kularing

FROM debian:bookworm-slim
# tzdata: times are shown in the reader's own zone. ca-certificates: PostgreSQL with sslmode=verify-full.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl libpq5 tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --create-home kularing
COPY --from=build /out/kularing /usr/local/bin/kularing
USER kularing
WORKDIR /data
VOLUME /data
ENV KULARING_SERVER__LISTEN=0.0.0.0:8080 \
    KULARING_LOG__FORMAT=json \
    DATABASE_URL=sqlite:/data/kularing.db \
    KULARING_SECRET__FILE=/data/secret
EXPOSE 8080
# The worker has no port: it is well as long as it runs.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD curl --fail --silent --show-error --max-time 4 http://127.0.0.1:8080/readyz || exit 1
STOPSIGNAL SIGTERM
ENTRYPOINT ["kularing"]
CMD ["serve"]
