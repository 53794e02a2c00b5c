import FleetBase

extension Catalogue {
    /// `fleet doctor`.
    static let doctorCommands: [Entry] = [
        (
            "find out why hosts can't be reached or used, and what mends it",
            "averigua por qué no se puede llegar a los hosts o usarlos, y qué lo arregla"
        ),
        (
            "Makes a connection step by step, then looks at the host itself. Changes nothing. Ends with 3 when something failed.",
            "Hace una conexión paso a paso y después mira el propio host. No cambia nada. Termina con 3 cuando algo ha fallado."
        ),
        ("all is well: %@", "todo está bien: %@"),
        ("hosts: %@; well: %@, with warnings: %@, failed: %@", "hosts: %@; bien: %@, con avisos: %@, con fallos: %@"),
        ("not looked at: %@", "sin mirar: %@"),
        ("jump host", "host de salto"),
        ("server", "servidor"),
        ("key exchange", "intercambio de claves"),
        ("host key", "clave del host"),
        ("agent", "agente"),
        ("key file", "archivo de clave"),
        ("login", "inicio de sesión"),
        ("connections", "conexiones"),
        ("sessions", "sesiones"),
        ("forwarding", "reenvío"),
        ("login shell", "shell de inicio"),
        ("its output", "su salida"),
        ("its start", "su arranque"),
        ("tools", "herramientas"),
        ("folder", "carpeta"),
        ("inodes", "inodos"),
        ("clock", "reloj"),
        ("containers", "contenedores"),
        (
            "log in anew, send 1 MiB up and down, and run a tiny job by every method; nothing stays there",
            "entra de nuevo, envía 1 MiB en cada sentido y ejecuta un trabajo diminuto con cada método; allí no queda nada"
        ),
        ("no job runs by %@: %@", "con %@ no se ejecuta ningún trabajo: %@"),
        ("LOGIN", "ENTRADA"),
        ("UP", "SUBIDA"),
        ("DOWN", "BAJADA"),
        ("works", "funciona"),
        ("fails", "falla"),
    ]
}
