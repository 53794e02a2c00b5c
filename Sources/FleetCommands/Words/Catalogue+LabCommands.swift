import FleetBase

extension Catalogue {
    /// The commands of the lab.
    static let labCommands: [Entry] = [
        ("--hosts: a lab has 1 to %@ hosts", "--hosts: un laboratorio tiene de 1 a %@ hosts"),
        ("up", "en marcha"),
        ("down", "parado"),
        (
            "little machines instead of sshd processes; needs root",
            "pequeñas máquinas en vez de procesos sshd; como root"
        ),
        (
            "what they run: docker, podman, none; one for all or one each; else what is installed",
            "qué ejecutan: docker, podman, none; uno para todos o uno para cada uno; si falta, lo instalado"
        ),
        ("--engine goes with --vm", "--engine va con --vm"),
        ("--engine: there is no engine %@", "--engine: no hay ningún motor %@"),
        ("docker, podman or none", "docker, podman o none"),
        (
            "hand the connections on standard input to a host of a lab",
            "pasa las conexiones de la entrada estándar a un host de un laboratorio"
        ),
        ("the host's folder", "la carpeta del host"),
    ]
}
