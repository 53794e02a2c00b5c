import FleetBase

extension Catalogue {
    /// The commands of the lab.
    static let labCommands: [Entry] = [
        (
            "the demo is for people: leave --json and --events out",
            "la demostración es para personas: quita --json y --events"
        ),
        ("up", "en marcha"),
        ("down", "parado"),
        (
            "make little machines instead of sshd processes; needs root",
            "crea pequeñas máquinas en vez de procesos sshd; hace falta ser root"
        ),
        (
            "the hosts' container engine: docker, podman, none; one for all, or one for each; when left out, what is installed",
            "el motor de contenedores de los hosts: docker, podman, none; uno para todos, o uno para cada uno; si se omite, lo instalado"
        ),
        ("--engine works only with --vm", "--engine solo funciona con --vm"),
        ("--engine: there is no engine %@", "--engine: no hay ningún motor %@"),
        ("docker, podman or none", "docker, podman o none"),
        (
            "hand the connections on standard input to a host of a lab",
            "pasa las conexiones de la entrada estándar a un host de un laboratorio"
        ),
        ("the host's folder", "la carpeta del host"),
    ]
}
