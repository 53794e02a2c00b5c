import FleetBase

extension Catalogue {
    /// The command that shows events.
    static let eventCommands: [Entry] = [
        ("show what fleet did here, and what it does now", "muestra lo que fleet ha hecho aquí y lo que hace ahora"),
        (
            "Every operation tells what it does: a push, a run, a check. Its events are kept for 30 days. Output and progress of workers are not kept: fleet logs shows them.",
            "Cada operación cuenta lo que hace: un envío, una ejecución, una comprobación. Sus eventos se guardan 30 días. La salida y el avance de los trabajadores no se guardan: los muestra fleet logs."
        ),
        ("also show events as they come, until Ctrl-C", "muestra también los eventos según llegan, hasta Ctrl-C"),
        (
            "only events after the one with this sequence, such as 1042 or 3f9c12ab-1042",
            "solo eventos posteriores al de esta secuencia, como 1042 o 3f9c12ab-1042"
        ),
        (
            "without --after: show this many of the latest events",
            "sin --after: muestra este número de los últimos eventos"
        ),
        (
            "only events of this run: its name, the beginning of its name, or last",
            "solo eventos de esta ejecución: su nombre, el principio de su nombre, o last"
        ),
        ("only events of this host", "solo eventos de este host"),
        ("nothing has happened here yet", "aquí todavía no ha pasado nada"),
        ("some events were missed here", "aquí se perdieron algunos eventos"),
        (
            "the feed with the events %@ is not here any more: this one is %@",
            "la secuencia %@ ya no está aquí: la de ahora es %@"
        ),
        (
            "leave --after out, or give %@-0 for all there is",
            "quita --after, o da %@-0 para verlo todo"
        ),
        (
            "print every event as a line of JSON, and the result as JSON in the last line",
            "imprime cada evento como una línea de JSON, y el resultado como JSON en la última línea"
        ),
    ]
}
