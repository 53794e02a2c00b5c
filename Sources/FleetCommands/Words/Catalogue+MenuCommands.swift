import FleetBase

extension Catalogue {
    /// What `fleet` alone offers on a terminal.
    static let menuCommands: [Entry] = [
        ("see it all once, on hosts of its own", "verlo todo una vez, en hosts propios"),
        ("all commands", "todos los comandos"),
        ("make a project in this folder", "crear un proyecto en esta carpeta"),
        ("find out what is wrong in the files", "ver qué está mal en los archivos"),
        ("add a host", "añadir un host"),
        ("how the hosts and runs are", "ver cómo están hosts y ejecuciones"),
        ("write a first package", "escribir un primer paquete"),
        ("build the packages", "construir los paquetes"),
        ("bring the packages to the hosts", "llevar los paquetes a los hosts"),
        ("run %@ on all hosts", "ejecutar %@ en todos los hosts"),
        ("watch the hosts and runs", "seguir los hosts y las ejecuciones"),
        ("↑ ↓ letter: choose, Enter: run, q: end", "↑ ↓ letra: elige, Enter: ejecuta, q: sal"),
        ("there is no project here yet", "aquí todavía no hay proyecto"),
        ("the inventory can't be read", "inventario ilegible"),
        ("The hosts are up again, and answer as before.", "Los hosts están otra vez en marcha y responden como antes."),
        ("hosts: %@, packages: %@", "hosts: %@, paquetes: %@"),
        ("The same with more random points: pi comes closer.", "Lo mismo con más puntos al azar: se acerca más a pi."),
    ]
}
