import FleetBase

extension Catalogue {
    /// What the examination of a host says.
    static let hostsDoctor: [Entry] = [
        ("%@, for %@", "%@, para %@"),
        ("it prints nothing by itself", "no imprime nada por su cuenta"),
        (
            "let its start-up files print in interactive shells alone",
            "que sus archivos de arranque impriman solo en shells interactivas"
        ),
        ("it takes %@ ms", "tarda %@ ms"),
        ("it lacks %@", "le falta %@"),
        ("install them by the system's own means", "instálalo con los medios del propio sistema"),
        (
            "all that fleet needs; where it has it, fleet also uses %@",
            "todo lo que fleet necesita; donde lo hay, fleet también usa %@"
        ),
        ("all that fleet can use", "todo lo que fleet puede usar"),
        ("nothing can be written there: %@", "no se puede escribir allí: %@"),
        (
            "give the host another folder with root: in the inventory",
            "da al host otra carpeta con root: en el inventario"
        ),
        ("it can be written to, and programs run there", "se puede escribir en ella, y los programas se ejecutan"),
        ("no program runs there: %@", "allí no se ejecuta ningún programa: %@"),
        ("%@ are free", "%@ libres"),
        ("as here", "como aquí"),
        ("it is %@ ahead of this machine's", "va %@ por delante del de esta máquina"),
        ("it is %@ behind this machine's", "va %@ por detrás del de esta máquina"),
        ("it starts containers", "arranca contenedores"),
        ("it starts no container: %@", "no arranca ningún contenedor: %@"),
        (
            "fleet takes another way there; what the engine says is the place to begin",
            "fleet usa allí otro método; empieza por lo que dice el motor"
        ),
        ("%@ bytes came back instead of %@", "volvieron %@ bytes en vez de %@"),
        ("%@ of %@ bytes arrived", "llegaron %@ de %@ bytes"),
        (
            "%@ starts no container there: %@; what mends it: fleet doctor",
            "%@ no arranca allí ningún contenedor: %@; qué lo arregla: fleet doctor"
        ),
    ]
}
