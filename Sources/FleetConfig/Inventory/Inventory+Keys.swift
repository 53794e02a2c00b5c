extension InventoryReader {
    static let keys = KeyList(
        "The file",
        [
            ConfigKey(
                "hosts", "a mapping: name of the host → its keys", default: "no hosts",
                "The hosts, in the order in which every table shows them.",
                like: "hosts: { pc-leo: { address: 192.0.2.7 } }", of: HostSettings.keys),
            ConfigKey(
                "defaults", "a mapping with the keys of a host", default: "nothing",
                "What counts for every host that does not say otherwise.", like: "defaults: { user: ana }",
                of: HostSettings.keys),
            ConfigKey(
                "groups", "a mapping: name of the group → its keys", default: "no groups",
                "Sets of hosts, for `--group`.", like: "groups: { lab: { hosts: [pc-leo] } }",
                of: GroupDefinition.keys),
            ConfigKey(
                "signing_key", "a name or a path", default: "packages are not signed",
                "The key that `fleet package` signs with: a name that `fleet keys new` made, or the path of a file.",
                like: "signing_key: fleet"),
            ConfigKey(
                "keep_events", "a mapping", default: "30 days and \(EventRetention().count) events",
                "How many events the project keeps.", like: "keep_events: { age: 7d, count: 50000 }",
                of: EventRetention.keys),
            ConfigKey(
                "events", "a list of brokers", default: "no brokers",
                "The MQTT brokers that get every event while `fleet serve` runs.",
                like: "events: [{ mqtt: mqtts://broker.example.org/upb/logs }]", of: EventSink.keys),
        ])
}

extension HostSettings {
    static let keys = KeyList(
        "A host",
        [
            ConfigKey(
                "address", "a name or an IP address", default: "the host's own name", "Where the host is.",
                like: "address: 192.0.2.7"),
            ConfigKey(
                "user", "a name", default: "`~/.ssh/config`, else your own", "Who logs in on the host.",
                like: "user: ana"),
            ConfigKey(
                "port", "1 to 65535", default: "`~/.ssh/config`, else 22", "The port of the host's sshd.",
                like: "port: 2222"),
            ConfigKey(
                "key", "a path", default: "`~/.ssh/config`, else the usual files",
                "The private key of the login. Keys of the agent are tried before it. A relative path begins at the project.",
                like: "key: ~/.ssh/id_ed25519"),
            ConfigKey(
                "known_hosts", "a path or a list of paths", default: "your own files alone",
                "Files with pinned host keys, in OpenSSH's form. They are read beside your own ones.",
                like: "known_hosts: inventory/known_hosts"),
            ConfigKey(
                "jump", "a host, or a list with commas", default: "`~/.ssh/config`, else none",
                "The host through which this one is reached: one of the inventory, an alias of `~/.ssh/config`, or `user@host:port`. `none` takes an inherited one away.",
                like: "jump: gateway"),
            ConfigKey(
                "root", "a path on the host", default: "`.fleet` in the home folder",
                "fleet's folder on the host. All that fleet leaves there lies in it.", like: "root: /srv/fleet"),
            ConfigKey(
                "slots", ConfigKey.range(Host.slotRange), default: "the host's cores",
                "How many tasks the host runs at once.",
                like: "slots: 4"),
            ConfigKey(
                "tags", "a word or a list", default: "none",
                "Words that tasks may ask for. Those of groups and defaults come on top.", like: "tags: [gpu, fast]"),
            ConfigKey(
                "transport", ConfigKey.words(Host.Transport.self), default: "`ssh`",
                "`local` is this machine, without SSH; its address must be localhost.", like: "transport: ssh"),
            ConfigKey(
                "connect_timeout", "a time above 0", default: "15s, and what `~/.ssh/config` says",
                "How long a connection may take to open.", like: "connect_timeout: 5s"),
            ConfigKey(
                "require_signed", "true or false", default: "false",
                "Whether the host takes signed packages alone. Signers stand in `inventory/allowed_signers`.",
                like: "require_signed: true"),
        ])
}

extension GroupDefinition {
    static let keys = KeyList(
        "A group",
        [
            ConfigKey(
                "hosts", "a list of names", default: "none of its own", "Hosts that belong to the group.",
                like: "hosts: [pc-leo]"),
            ConfigKey(
                "groups", "a list of names", default: "none", "Groups whose hosts belong to the group, too.",
                like: "groups: [lab]"),
        ], with: HostSettings.keys)
}

extension EventRetention {
    static let keys = KeyList(
        "keep_events",
        [
            ConfigKey("age", "a time above 0", default: "30d", "Older events are removed.", like: "age: 7d"),
            ConfigKey(
                "count", ConfigKey.range(EventRetention.counts), default: "\(EventRetention().count)",
                "No more events than these are kept.",
                like: "count: 50000"),
        ])
}

extension EventSink {
    static let keys = KeyList(
        "A broker of events",
        [
            ConfigKey(
                "mqtt", "an address", default: nil,
                "Where the broker is, and the topic of the events: `mqtt://HOST/TOPIC`, or `mqtts://HOST/TOPIC` with TLS.",
                like: "mqtt: mqtts://broker.example.org/upb/logs"),
            ConfigKey(
                "user", "a name", default: "the one in the address, else no login", "Who logs in at the broker.",
                like: "user: fleet"),
            ConfigKey(
                "password", "a secret", default: "none",
                "The password of the user. It stands in no file of the project.",
                like: "password: { env: BROKER_PASSWORD }", of: SecretSource.keys),
            ConfigKey(
                "ca", "a path", default: "those that this machine trusts",
                "The file of the certificate authority. It is for `mqtts://` alone.",
                like: "ca: inventory/broker-ca.pem"),
            ConfigKey(
                "keep", "a mapping", default: "all that `keep_events` keeps",
                "How much waits for a broker that is away.", like: "keep: { age: 7d, bytes: 50M }",
                of: EventSink.Backlog.keys),
        ])
}

extension EventSink.Backlog {
    static let keys = KeyList(
        "keep",
        [
            ConfigKey("age", "a time above 0", default: "no limit", "Older events are left out.", like: "age: 7d"),
            ConfigKey(
                "bytes", "a size", default: "no limit", "When more waits, the oldest is left out.", like: "bytes: 50M"),
        ])
}
