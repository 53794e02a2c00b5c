import FleetBase

extension Catalogue {
    /// Specs, plans and the queue.
    static let queue: [Entry] = [
        ("go on with: fleet runs resume %@", "sigue con: fleet runs resume %@"),
        ("the command that cleans up was killed on the host", "mataron en el host el comando que limpia"),
        (
            "the rest stays there for now; remove it later with: fleet runs reap --hosts %@",
            "el resto se queda allí por ahora; quítalo después con: fleet runs reap --hosts %@"
        ),
        ("another attempt was faster", "otro intento fue más rápido"),
        ("the ledger does not say how to run %@", "el registro no dice cómo ejecutar %@"),
        (
            "%@ has changed since: the run has %@, and this machine has %@",
            "%@ ha cambiado desde entonces: la ejecución tiene %@, y esta máquina %@"
        ),
        (
            "bring the package's files back, or start the work anew",
            "recupera los archivos del paquete, o empieza el trabajo de nuevo"
        ),
        ("the secret %@ is not there: %@ is not set", "falta el secreto %@: %@ no está definida"),
        ("set it in the environment that fleet is started from", "defínela en el entorno desde el que se inicia fleet"),
        ("the secret %@ is not there: can't read %@", "falta el secreto %@: no se puede leer %@"),
        ("the secret %@ is no UTF-8 text: %@", "el secreto %@ no es texto UTF-8: %@"),
        ("the secret %@ is not there: its command failed", "falta el secreto %@: su comando falló"),
        ("a task that must be done first has failed", "falló una tarea que debe hacerse antes"),
        ("no host can run it: %@", "ningún host puede ejecutarla: %@"),
        ("wait for other tasks", "esperan a otras tareas"),
        ("pause after a failure", "pausan tras un fallo"),
        ("wait for a free slot", "esperan un hueco libre"),
        ("wait for a host that can run them", "esperan un host que pueda ejecutarlas"),
        ("another fleet process works on the run %@", "otro proceso de fleet trabaja en la ejecución %@"),
        (
            "wait for it to end, or stop it with: fleet runs cancel %@",
            "espera a que acabe, o detenla con: fleet runs cancel %@"
        ),
        ("not everything could be removed: %@", "no se pudo quitar todo: %@"),
        (
            "the release %@ of %@ on the host is not as it was installed",
            "la versión %@ de %@ en el host no está como se instaló"
        ),
        ("fleet verify %@ --repair --hosts %@", "fleet verify %@ --repair --hosts %@"),
        ("and %@ more notes of this kind", "y %@ notas más de este tipo"),
        ("the host does not have the job", "el host no tiene el trabajo"),
        (
            "the job was never started there, or somebody removed its folder; run it again",
            "el trabajo nunca se inició allí, o alguien quitó su carpeta; ejecútalo de nuevo"
        ),
        ("a command needs a shell alone", "un comando solo necesita una shell"),
        ("the host has no Python", "el host no tiene Python"),
        ("install it there: fleet host prepare HOST --python", "instálalo allí: fleet host prepare HOST --python"),
        ("start the work anew", "empieza el trabajo de nuevo"),
        ("the results differ: %@", "los resultados difieren: %@"),
        ("look at both: diff -r %@", "mira ambos: diff -r %@"),
        (
            "too few hosts can run it: each copy needs a host of its own",
            "muy pocos hosts pueden ejecutarla: cada copia necesita un host propio"
        ),
        ("name more hosts, or a smaller number for verify", "nombra más hosts, o un número menor para verify"),
        (
            "the input file %@ has changed since the run was planned",
            "el archivo de entrada %@ ha cambiado desde que se planeó la ejecución"
        ),
        ("do it with the new one: fleet tasks run", "hazlo con el nuevo: fleet tasks run"),
        ("one of %@ hosts that verify needs", "uno de los %@ hosts que verify necesita"),
        ("is not among the hosts %@", "no está entre los hosts %@"),
        ("lacks the tag %@", "le falta la etiqueta %@"),
        ("lacks the tags %@", "le faltan las etiquetas %@"),
        ("does not tell its architecture, %@ is needed", "no dice su arquitectura, hace falta %@"),
        ("is %@, %@ is needed", "es %@, hace falta %@"),
        ("has no GPU", "no tiene GPU"),
        ("has no %@", "no tiene %@"),
        ("does not tell its memory", "no dice su memoria"),
        ("has %@ of memory, %@ are needed", "tiene %@ de memoria, hacen falta %@"),
        ("does not tell its cores", "no dice sus núcleos"),
        ("has 1 core, %@ are needed", "tiene 1 núcleo, hacen falta %@"),
        ("has %@ cores, %@ are needed", "tiene %@ núcleos, hacen falta %@"),
        ("does not tell its free disk space", "no dice su espacio libre en disco"),
        ("has %@ of free disk space, %@ are needed", "tiene %@ libres en disco, hacen falta %@"),
        ("does not answer", "no responde"),
        ("%@ and %@ more", "%@ y %@ más"),
        ("the host has no cron that fleet could use: %@", "el host no tiene un cron que fleet pueda usar: %@"),
        (
            "install cron there, or run it from this machine: fleet schedule run",
            "instala cron allí, o ejecútala desde esta máquina: fleet schedule run"
        ),
        ("the schedule could not be laid there: %@", "no se pudo dejar allí la programación: %@"),
        (
            "no cron seems to run there: nothing will start until it does",
            "no parece que allí funcione cron: nada empezará hasta entonces"
        ),
        (
            "other tasks of that name run there now, or have left results",
            "otras tareas con ese nombre se ejecutan allí ahora, o han dejado resultados"
        ),
        ("once they have ended: fleet runs collect", "cuando hayan terminado: fleet runs collect"),
        (
            "cron starts nothing of it any more, but a task of it still runs",
            "cron ya no inicia nada de ella, pero una tarea suya sigue en marcha"
        ),
        ("remove it once more when it has ended", "quítala otra vez cuando haya terminado"),
        ("the host does not tell its schedules: %@", "el host no dice qué programaciones tiene: %@"),
        ("the schedule could not be removed: %@", "no se pudo quitar la programación: %@"),
    ]
}
