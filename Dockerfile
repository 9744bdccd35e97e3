# The service on CPU cores. Build: docker build -t darkroom:0.1.0 .
# Run: docker run --read-only --tmpfs /tmp -p 8080:8080 -e DARKROOM_ACCESS_ANONYMOUS=enhance,score darkroom:0.1.0 (or mount keys: docs/security.md)

# Tags and digests as published uses of them state it; docs/operations.md says which of this has been built.
ARG MAVEN_IMAGE=maven:3.9.9-eclipse-temurin-17@sha256:f58d59b6273e785ac0a4477f6e9b5ba1d7731c75b906c0f7b34076f1851318cc
ARG RUNTIME_IMAGE=debian:12.11-slim@sha256:b1a741487078b369e78119849663d7f1a5341ef2768798f7b7406c4240f86aef

FROM ${MAVEN_IMAGE} AS build
WORKDIR /src
COPY pom.xml ./
COPY model-store/manifest.schema.json model-store/
COPY src/main src/main
RUN --mount=type=cache,target=/m2 mvn -B -q -ntp -Dmaven.repo.local=/m2 -DskipTests -Psbom package

FROM ${RUNTIME_IMAGE}
# Debian removes a version when it fixes it, so a pinned one would soon not install; the base is pinned by its digest.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin darkroom
WORKDIR /opt/darkroom
COPY darkroom ./
COPY docker docker
COPY model-store model-store
COPY --from=build /src/target/quarkus-app target/quarkus-app
# What the service is made of; scanners of images read it.
COPY --from=build /src/target/bom.json ./
RUN docker/warm-up
# Who may call has to be said as well, or the service does not start.
ENV QUARKUS_HTTP_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=5m CMD ["/opt/darkroom/docker/healthy"]
ENTRYPOINT ["/opt/darkroom/darkroom"]
CMD ["serve"]
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Darkroom" \
      org.opencontainers.image.description="Photo restoration over HTTP, on CPU cores" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
