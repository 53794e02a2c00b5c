import FleetBase

extension Catalogue {
    /// The monitor, and the status that is shown once.
    static let monitorCommands: [Entry] = [
        ("MEM", "MEM"),
        ("DISK", "DISCO"),
        ("AGE", "EDAD"),
        ("WORKS ON", "HACE"),
        ("set aside", "apartado"),
        ("answer: %@", "responden: %@"),
        ("silent: %@", "callados: %@"),
        ("tasks: %@", "tareas: %@"),
        ("Stop run %@ and end its jobs on the hosts?", "¿Parar la ejecución %@ y terminar sus trabajos en los hosts?"),
        (
            "↑↓ choose  tab pane  enter open  / filter  s sort  c stop run  ? help  q quit",
            "↑↓ elige  tab panel  intro abre  / filtra  s ordena  c para  ? ayuda  q sale"
        ),
        (
            "↑↓ scroll  end follow  / filter  c stop run  q back",
            "↑↓ mueve  fin sigue  / filtra  c para  q vuelve"
        ),
        ("↑↓ scroll  q back", "↑↓ mueve  q vuelve"),
        ("should end at %@", "debería terminar a las %@"),
        ("no line yet", "aún no hay líneas"),
        ("no run belongs to this row", "a esta fila no le corresponde ninguna ejecución"),
        (
            "no run that goes on belongs to this row",
            "a esta fila no le corresponde ninguna ejecución en marcha"
        ),
        ("the run has ended", "la ejecución ha terminado"),
        ("stopping run %@", "parando la ejecución %@"),
        ("run %@ is stopped", "la ejecución %@ está parada"),
        ("the inventory has no host %@ any more", "el inventario ya no tiene ningún host %@"),
        ("Works on", "Hace"),
        ("load", "carga"),
        ("seen", "visto"),
        (
            "watch hosts, runs and events on the whole terminal",
            "vigila hosts, ejecuciones y eventos en todo el terminal"
        ),
        (
            "Keys: ? shows them all, q ends it. Nothing is changed unless you stop a run.",
            "Teclas: ? las muestra todas, q termina. No cambia nada salvo que pares una ejecución."
        ),
        (
            "how often each host is looked at, such as 5 or 30s; at least 1s",
            "cada cuánto se mira cada host, como 5 o 30s; al menos 1s"
        ),
        ("the monitor needs a terminal", "el monitor necesita un terminal"),
        ("fleet status --json tells it once", "fleet status --json lo cuenta una vez"),
        ("\"%@\" is shorter than 1s", "«%@» es menos de 1s"),
        ("inventory", "inventario"),
        ("work", "trabajo"),
        ("choose a row, or scroll", "elige una fila, o mueve el texto"),
        ("a page up or down", "una página arriba o abajo"),
        ("the first row, the last row", "la primera fila, la última fila"),
        ("the next pane: hosts, runs, events", "el panel siguiente: hosts, ejecuciones, eventos"),
        ("open the host, or the log of the run", "abre el host, o el registro de la ejecución"),
        (
            "the log of the run that belongs to the row",
            "el registro de la ejecución que corresponde a la fila"
        ),
        (
            "stop the run that belongs to the row; it asks first",
            "para la ejecución que corresponde a la fila; antes pregunta"
        ),
        (
            "sort hosts by inventory, state, load, memory or work",
            "ordena los hosts por inventario, estado, carga, memoria o trabajo"
        ),
        (
            "show only what has these words: hosts by name, address, tag and group",
            "muestra solo lo que tenga estas palabras: hosts por nombre, dirección, etiqueta y grupo"
        ),
        ("back; q also ends the monitor", "vuelve; q también termina el monitor"),
        (
            "the host has another version of a package than the one built here last",
            "el host tiene una versión de un paquete distinta de la última construida aquí"
        ),
        (
            "show hosts, runs and what happened last, once",
            "muestra una vez los hosts, las ejecuciones y lo último que pasó"
        ),
        (
            "Each host is looked at now; nothing is written down. One that does not answer within the time shows what was known before.",
            "Cada host se mira ahora; no se apunta nada. Uno que no responde a tiempo muestra lo que se sabía antes."
        ),
        ("looking at %@ hosts", "mirando %@ hosts"),
        ("how long hosts may take to answer", "cuánto pueden tardar los hosts en responder"),
        ("… and %@ more: fleet monitor shows them all", "… y %@ más: fleet monitor los muestra todos"),
    ]
}
