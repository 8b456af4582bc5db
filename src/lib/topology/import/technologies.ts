import type { ServiceKind } from '$lib/simulation';

/** What a well-known image is. */
export interface Technology {
	name: string;
	kind: ServiceKind;
	/** Watches, collects or administers: no request of a user passes through it. */
	tool: boolean;
}

const table: Record<string, [name: string, kind: ServiceKind, tool?: 'tool']> = {
	postgres: ['PostgreSQL', 'store'],
	postgresql: ['PostgreSQL', 'store'],
	postgis: ['PostgreSQL', 'store'],
	pgvector: ['PostgreSQL', 'store'],
	'pgvecto-rs': ['PostgreSQL', 'store'],
	timescaledb: ['TimescaleDB', 'store'],
	pgbouncer: ['PgBouncer', 'gateway'],
	pgpool: ['Pgpool-II', 'gateway'],
	supavisor: ['Supavisor', 'gateway'],
	mysql: ['MySQL', 'store'],
	'mysql-server': ['MySQL', 'store'],
	percona: ['Percona Server', 'store'],
	'percona-server': ['Percona Server', 'store'],
	mariadb: ['MariaDB', 'store'],
	mssql: ['SQL Server', 'store'],
	'azure-sql-edge': ['SQL Server', 'store'],
	'oracle-xe': ['Oracle Database', 'store'],
	'oracle-free': ['Oracle Database', 'store'],
	cockroach: ['CockroachDB', 'store'],
	yugabyte: ['YugabyteDB', 'store'],
	tidb: ['TiDB', 'store'],
	mongo: ['MongoDB', 'store'],
	mongodb: ['MongoDB', 'store'],
	'mongodb-community-server': ['MongoDB', 'store'],
	couchdb: ['CouchDB', 'store'],
	couchbase: ['Couchbase', 'store'],
	cassandra: ['Cassandra', 'store'],
	scylla: ['ScyllaDB', 'store'],
	'dynamodb-local': ['DynamoDB', 'store'],
	'clickhouse-server': ['ClickHouse', 'store'],
	clickhouse: ['ClickHouse', 'store'],
	influxdb: ['InfluxDB', 'store'],
	'victoria-metrics': ['VictoriaMetrics', 'store', 'tool'],
	neo4j: ['Neo4j', 'store'],
	arangodb: ['ArangoDB', 'store'],
	rethinkdb: ['RethinkDB', 'store'],
	surrealdb: ['SurrealDB', 'store'],
	questdb: ['QuestDB', 'store'],
	etcd: ['etcd', 'store'],
	consul: ['Consul', 'store'],
	zookeeper: ['ZooKeeper', 'store'],
	'cp-zookeeper': ['ZooKeeper', 'store'],
	elasticsearch: ['Elasticsearch', 'store'],
	opensearch: ['OpenSearch', 'store'],
	solr: ['Solr', 'store'],
	meilisearch: ['Meilisearch', 'store'],
	typesense: ['Typesense', 'store'],
	manticore: ['Manticore Search', 'store'],
	qdrant: ['Qdrant', 'store'],
	weaviate: ['Weaviate', 'store'],
	milvus: ['Milvus', 'store'],
	chroma: ['Chroma', 'store'],
	minio: ['MinIO', 'store'],
	seaweedfs: ['SeaweedFS', 'store'],
	vault: ['Vault', 'store'],
	registry: ['Container registry', 'store'],
	redis: ['Redis', 'cache'],
	'redis-alpine': ['Redis', 'cache'],
	'redis-stack': ['Redis', 'cache'],
	'redis-stack-server': ['Redis', 'cache'],
	valkey: ['Valkey', 'cache'],
	keydb: ['KeyDB', 'cache'],
	dragonfly: ['Dragonfly', 'cache'],
	memcached: ['Memcached', 'cache'],
	hazelcast: ['Hazelcast', 'cache'],
	kafka: ['Kafka', 'broker'],
	'cp-kafka': ['Kafka', 'broker'],
	'cp-server': ['Kafka', 'broker'],
	'kafka-native': ['Kafka', 'broker'],
	redpanda: ['Redpanda', 'broker'],
	rabbitmq: ['RabbitMQ', 'broker'],
	nats: ['NATS', 'broker'],
	'nats-streaming': ['NATS', 'broker'],
	activemq: ['ActiveMQ', 'broker'],
	'activemq-classic': ['ActiveMQ', 'broker'],
	'activemq-artemis': ['ActiveMQ Artemis', 'broker'],
	artemis: ['ActiveMQ Artemis', 'broker'],
	pulsar: ['Pulsar', 'broker'],
	'eclipse-mosquitto': ['Mosquitto', 'broker'],
	mosquitto: ['Mosquitto', 'broker'],
	emqx: ['EMQX', 'broker'],
	hivemq4: ['HiveMQ', 'broker'],
	nsqd: ['NSQ', 'broker'],
	rocketmq: ['RocketMQ', 'broker'],
	beanstalkd: ['Beanstalkd', 'broker'],
	elasticmq: ['ElasticMQ', 'broker'],
	'elasticmq-native': ['ElasticMQ', 'broker'],
	gearmand: ['Gearman', 'broker'],
	localstack: ['LocalStack', 'external'],
	wiremock: ['WireMock', 'external'],
	mockserver: ['MockServer', 'external'],
	'stripe-mock': ['Stripe', 'external'],
	'stripe-cli': ['Stripe', 'external'],
	nginx: ['NGINX', 'gateway'],
	'nginx-unprivileged': ['NGINX', 'gateway'],
	'nginx-proxy': ['NGINX', 'gateway'],
	openresty: ['OpenResty', 'gateway'],
	traefik: ['Traefik', 'gateway'],
	haproxy: ['HAProxy', 'gateway'],
	envoy: ['Envoy', 'gateway'],
	caddy: ['Caddy', 'gateway'],
	httpd: ['Apache httpd', 'gateway'],
	kong: ['Kong', 'gateway'],
	'kong-gateway': ['Kong', 'gateway'],
	apisix: ['APISIX', 'gateway'],
	'tyk-gateway': ['Tyk', 'gateway'],
	krakend: ['KrakenD', 'gateway'],
	varnish: ['Varnish', 'gateway'],
	squid: ['Squid', 'gateway'],
	swag: ['NGINX', 'gateway'],
	'oauth2-proxy': ['OAuth2 Proxy', 'gateway'],
	prometheus: ['Prometheus', 'store', 'tool'],
	alertmanager: ['Alertmanager', 'service', 'tool'],
	pushgateway: ['Prometheus Pushgateway', 'service', 'tool'],
	'node-exporter': ['Node exporter', 'service', 'tool'],
	cadvisor: ['cAdvisor', 'service', 'tool'],
	thanos: ['Thanos', 'store', 'tool'],
	mimir: ['Mimir', 'store', 'tool'],
	grafana: ['Grafana', 'service', 'tool'],
	loki: ['Loki', 'store', 'tool'],
	promtail: ['Promtail', 'service', 'tool'],
	tempo: ['Tempo', 'store', 'tool'],
	alloy: ['Grafana Alloy', 'service', 'tool'],
	jaeger: ['Jaeger', 'store', 'tool'],
	zipkin: ['Zipkin', 'store', 'tool'],
	'opentelemetry-collector': ['OpenTelemetry Collector', 'service', 'tool'],
	'opentelemetry-collector-contrib': ['OpenTelemetry Collector', 'service', 'tool'],
	'otel-collector': ['OpenTelemetry Collector', 'service', 'tool'],
	otelcol: ['OpenTelemetry Collector', 'service', 'tool'],
	fluentd: ['Fluentd', 'service', 'tool'],
	'fluent-bit': ['Fluent Bit', 'service', 'tool'],
	vector: ['Vector', 'service', 'tool'],
	logstash: ['Logstash', 'service', 'tool'],
	filebeat: ['Filebeat', 'service', 'tool'],
	kibana: ['Kibana', 'service', 'tool'],
	'opensearch-dashboards': ['OpenSearch Dashboards', 'service', 'tool'],
	'graphite-statsd': ['Graphite', 'store', 'tool'],
	statsd: ['StatsD', 'service', 'tool'],
	sentry: ['Sentry', 'service'],
	snuba: ['Snuba', 'service'],
	keycloak: ['Keycloak', 'service'],
	kratos: ['Ory Kratos', 'service'],
	hydra: ['Ory Hydra', 'service'],
	authelia: ['Authelia', 'service'],
	vaultwarden: ['Vaultwarden', 'service'],
	postgrest: ['PostgREST', 'service'],
	gotrue: ['GoTrue', 'service'],
	'storage-api': ['Supabase Storage', 'service'],
	imgproxy: ['imgproxy', 'service'],
	'postgres-meta': ['postgres-meta', 'service', 'tool'],
	'graphql-engine': ['Hasura', 'service'],
	ollama: ['Ollama', 'service'],
	'vllm-openai': ['vLLM', 'service'],
	'schema-registry': ['Schema Registry', 'service'],
	'cp-schema-registry': ['Schema Registry', 'service'],
	'cp-kafka-connect': ['Kafka Connect', 'worker'],
	temporal: ['Temporal', 'service'],
	airflow: ['Airflow', 'service'],
	wordpress: ['WordPress', 'service'],
	nextcloud: ['Nextcloud', 'service'],
	gitea: ['Gitea', 'service'],
	ghost: ['Ghost', 'service'],
	drupal: ['Drupal', 'service'],
	odoo: ['Odoo', 'service'],
	tomcat: ['Tomcat', 'service'],
	node: ['Node.js', 'service'],
	python: ['Python', 'service'],
	golang: ['Go', 'service'],
	php: ['PHP', 'service'],
	ruby: ['Ruby', 'service'],
	openjdk: ['Java', 'service'],
	'eclipse-temurin': ['Java', 'service'],
	adminer: ['Adminer', 'service', 'tool'],
	phpmyadmin: ['phpMyAdmin', 'service', 'tool'],
	pgadmin4: ['pgAdmin', 'service', 'tool'],
	'mongo-express': ['mongo-express', 'service', 'tool'],
	'redis-commander': ['redis-commander', 'service', 'tool'],
	redisinsight: ['Redis Insight', 'service', 'tool'],
	'kafka-ui': ['Kafka UI', 'service', 'tool'],
	kafdrop: ['Kafdrop', 'service', 'tool'],
	akhq: ['AKHQ', 'service', 'tool'],
	portainer: ['Portainer', 'service', 'tool'],
	'portainer-ce': ['Portainer', 'service', 'tool'],
	watchtower: ['Watchtower', 'service', 'tool'],
	mailhog: ['MailHog', 'external', 'tool'],
	mailpit: ['Mailpit', 'external', 'tool'],
	maildev: ['MailDev', 'external', 'tool'],
	'docker-socket-proxy': ['Docker socket proxy', 'service', 'tool'],
	flower: ['Flower', 'service', 'tool'],
	dozzle: ['Dozzle', 'service', 'tool'],
	'opentelemetry-operator': ['OpenTelemetry Operator', 'service', 'tool'],
	flagd: ['flagd', 'service'],
	autoheal: ['Autoheal', 'service', 'tool'],
	certbot: ['Certbot', 'service', 'tool'],
	locust: ['Locust', 'service', 'tool'],
	k6: ['k6', 'service', 'tool']
};

/** Images whose last segment says nothing by itself, by the segment before it and the last. */
const qualified: Record<string, string> = {
	'mssql/server': 'mssql',
	'jaegertracing/all-in-one': 'jaeger',
	'debezium/connect': 'cp-kafka-connect',
	'temporalio/auto-setup': 'temporal',
	'memcached/memcached': 'memcached',
	'victoriametrics/victoria-metrics': 'victoria-metrics'
};

/** The technology of an image, by its last path segment without registry, tag or digest. */
export function technologyOf(image: string): Technology | undefined {
	const path = (image.split('@')[0] ?? '').toLowerCase().split('/');
	const last = (path.at(-1) ?? '').split(':')[0] ?? '';
	const alias = `${path.at(-2) ?? ''}/${last}`;
	return (
		entry(Object.hasOwn(qualified, alias) ? (qualified[alias] ?? last) : last) ??
		entry(last.replace(/[-_.]?(alpine|server|standalone|oss|ce|cluster|sentinel|v?\d+)$/, ''))
	);
}

const roles =
	/[-_.]?(\d+|master|slave|replica|primary|secondary|leader|follower|main|server|node|broker)$/;

/** The technology that a name gives away, as `cart-redis`, `redis-cart`, `kafka-1`; `redis-exporter` gives none. */
export function technologyNamed(name: string): Technology | undefined {
	const whole = name.toLowerCase();
	const words = whole.split(/[^a-z0-9]+/);
	const found = entry(whole) ?? entry(whole.replace(roles, '')) ?? entry(words.at(-1) ?? '');
	if (found || words.some((word) => companions.has(word))) return found;
	const first = entry(words[0] ?? '');
	return first?.kind === 'store' || first?.kind === 'cache' ? first : undefined;
}

/** What stands beside a technology, and is not it. */
const companions = new Set([
	...['proxy', 'rest', 'exporter', 'ui', 'admin', 'client', 'operator', 'backup', 'connect'],
	...['registry', 'console', 'manager', 'api', 'service', 'app', 'web', 'tools', 'meta', 'sync']
]);

function entry(key: string): Technology | undefined {
	const row = Object.hasOwn(table, key) ? table[key] : undefined;
	return row && { name: row[0], kind: row[1], tool: row[2] === 'tool' };
}
