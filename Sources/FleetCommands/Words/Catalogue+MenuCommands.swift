import FleetBase

extension Catalogue {
    /// What `fleet` alone offers on a terminal.
    static let menuCommands: [Entry] = [
        ("see it all once, on hosts of its own", "muestra todo una vez, en hosts propios"),
        ("all commands", "muestra todos los comandos"),
        ("make a project in this folder", "crea un proyecto en esta carpeta"),
        ("find out what is wrong in the files", "busca qué está mal en los archivos"),
        ("add a host", "añade un host"),
        ("how the hosts and runs are", "muestra los hosts y las ejecuciones"),
        ("write a first package", "escribe un primer paquete"),
        ("run %@ on all hosts", "ejecuta %@ en todos los hosts"),
        ("watch the hosts and runs", "vigila los hosts y las ejecuciones"),
        ("↑ ↓ letter: choose, Enter: run, q: end", "↑↓ letra: elige, Enter: ejecuta, q: sale"),
        ("Enter: back to the menu, q: end", "Enter: vuelve al menú, q: sale"),
        ("there is no project here yet", "aquí todavía no hay proyecto"),
        ("the inventory can't be read", "inventario ilegible"),
        ("hosts: %@, packages: %@", "hosts: %@, paquetes: %@"),
        ("The hosts are up again, and answer as before.", "Los hosts están otra vez en marcha y responden como antes."),
        ("The same with more random points: pi comes closer.", "Lo mismo con más puntos al azar: se acerca más a pi."),
    ]
}
