import FleetBase

extension Catalogue {
    /// The manual pages.
    static let manualCommands: [Entry] = [
        (
            "print the manual page of fleet, or write all pages to a folder",
            "escribe la página de manual de fleet, o todas las páginas en una carpeta"
        ),
        ("reads the manual page without installing it", "lee la página de manual sin instalarla"),
        ("writes all pages where man finds them", "escribe todas las páginas donde man las encuentra"),
        ("a folder for man1 and es/man1", "una carpeta para man1 y es/man1"),
        (
            "write the reference of commands and files in Markdown",
            "escribe la referencia de los comandos y los archivos en Markdown"
        ),
        (
            "writes a page a file, and one of all commands",
            "escribe una página por archivo, y una de todos los comandos"
        ),
        ("a folder for the pages", "una carpeta para las páginas"),
        ("EXIT STATUS", "ESTADO DE SALIDA"),
        ("all is well", "todo ha ido bien"),
        ("an unexpected error", "un error inesperado"),
        ("the command line can't be understood", "la línea de comandos no se entiende"),
        ("some hosts or tasks failed", "algunos hosts o tareas han fallado"),
        ("a configuration, a package or a name is wrong", "una configuración, un paquete o un nombre está mal"),
        ("another fleet holds the lock", "otro fleet tiene el bloqueo"),
        ("no machine is active", "no hay ninguna máquina activa"),
        ("ENVIRONMENT", "ENTORNO"),
        ("the project's folder, unless --project names one", "la carpeta del proyecto, si --project no nombra ninguna"),
        (
            "the inventory file, unless --inventory names one",
            "el archivo del inventario, si --inventory no nombra ninguno"
        ),
        ("the language of messages, unless --lang names one", "el idioma de los mensajes, si --lang no nombra ninguno"),
        ("auto, always or never, unless --color says it", "auto, always o never, si no lo dice --color"),
        ("the language where nothing else names one", "el idioma donde nada más nombra uno"),
        (
            "lang, project, inventory and color, unless a variable or an option says them",
            "lang, project, inventory y color, si no los dice una variable o una opción"
        ),
        ("no colors when it is set", "sin colores si está definida"),
        ("hosts, groups and their settings", "hosts, grupos y sus ajustes"),
        ("the pinned keys of hosts", "las claves fijadas de los hosts"),
        ("what each host was and had last", "qué era y qué tenía cada host la última vez"),
        ("what a package declares", "lo que declara un paquete"),
        ("tasks, their parameters and schedules", "tareas, sus parámetros y programaciones"),
        ("built packages, the ledger and results", "paquetes construidos, el registro y los resultados"),
    ]
}
