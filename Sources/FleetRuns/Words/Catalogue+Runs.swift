package import FleetBase

extension Catalogue {
    package static let runs = Part(sentences, queue, slurm)

    private static let sentences: [Entry] = [
        ("the host does not tell its jobs: %@", "el host no dice qué trabajos tiene: %@"),
        ("the results are larger than %@", "los resultados ocupan más de %@"),
        (
            "out/metrics.json is not a JSON object, so there are no metrics",
            "out/metrics.json no es un objeto JSON, así que no hay métricas"
        ),
        ("the metric %@ is declared as %@, which it is not", "la métrica %@ está declarada como %@, y no lo es"),
        (
            "the disk of %@ does not take the results, so the hosts keep them",
            "el disco de %@ no acepta los resultados, así que los hosts los conservan"
        ),
        ("the first engine of the package", "el primer motor del paquete"),
        ("not %@", "no %@"),
        ("no engine of %@ runs here: %@", "aquí no funciona ningún motor de %@: %@"),
        ("%@; the package has no image", "%@; el paquete no tiene imagen"),
        ("write image: into package.yaml", "escribe image: en package.yaml"),
        ("the host has %@ on %@", "el host tiene %@ en %@"),
        ("the host has version %@, not %@", "el host tiene la versión %@, no la %@"),
        ("the host can't make the Python environment: %@", "el host no puede crear el entorno de Python: %@"),
        ("choose another way with --method python", "elige otro modo con --method python"),
        ("the job did not start: %@", "el trabajo no arrancó: %@"),
        (
            "the job was killed on the host, together with the process that watches it",
            "mataron el trabajo en el host, junto con el proceso que lo vigila"
        ),
        (
            "the host may be out of memory, or somebody ended it there; run it again",
            "puede que al host le falte memoria o que alguien lo haya terminado allí; ejecútalo otra vez"
        ),
        (
            "the process that follows the job was killed on the host; the job itself may go on",
            "mataron en el host el proceso que sigue al trabajo; el trabajo quizá continúe"
        ),
        ("its folder there is %@/runs/%@", "allí su carpeta es %@/runs/%@"),
        ("the job ended without its trailer", "el trabajo terminó sin su cierre"),
        ("the results can't be read on the host: %@", "no se pueden leer los resultados en el host: %@"),
        ("the worker was stopped at its time limit", "se detuvo el trabajador al llegar a su límite de tiempo"),
        ("the worker was killed by signal %@", "el trabajador fue terminado por la señal %@"),
        ("the worker ended with status %@", "el trabajador terminó con el estado %@"),
        ("what it said is in %@/stderr", "lo que dijo está en %@/stderr"),
        (
            "%@ came back shorter than it was on the host",
            "%@ volvió más corto de lo que era en el host"
        ),
        ("%@ still grew when the worker had ended", "%@ siguió creciendo cuando el trabajador ya había terminado"),
        ("the job's folder stays on the host: %@", "la carpeta del trabajo se queda en el host: %@"),
        ("tar said on the host: %@", "tar dijo en el host: %@"),
        ("run it again", "ejecútalo de nuevo"),
        (
            "the host has results of %@, which was not laid by this master",
            "el host tiene resultados de %@, que no puso ahí este maestro"
        ),
        (
            "collect them from where it was laid: .fleet/schedules is not whole here",
            "recógelos desde donde se puso: aquí .fleet/schedules no está completa"
        ),
        ("find out why: fleet doctor %@", "averigua por qué: fleet doctor %@"),
        ("%@ could not start the container: %@", "%@ no pudo arrancar el contenedor: %@"),
        ("it can't be read on the host", "no se puede leer en el host"),
        ("the results did not come home whole: %@: %@", "los resultados no llegaron enteros: %@: %@"),
        (
            "the host keeps them in %@; incomplete: allow in the task takes what comes",
            "el host los guarda en %@; incomplete: allow en la tarea acepta lo que llegue"
        ),
        ("the results did not come home: %@", "los resultados no llegaron: %@"),
        (
            "the host keeps them in %@; %@ in the task or the package allows more",
            "el host los guarda en %@; %@ en la tarea o el paquete permite más"
        ),
        (
            "make room on this machine; the host keeps the results, fleet runs resume brings them home",
            "haz sitio en esta máquina; el host guarda los resultados, fleet runs resume los trae"
        ),
        (
            "the host keeps them; limits: { size: 100G } in the task or the package allows more",
            "el host los guarda; limits: { size: 100G } en la tarea o el paquete permite más"
        ),
        ("the host keeps it in %@", "el host lo guarda en %@"),
        (
            "out/metrics.json has %@, and metrics have no more than %@",
            "out/metrics.json tiene %@, y las métricas no tienen más de %@"
        ),
        ("the metric %@ is no number, so it is left out", "la métrica %@ no es un número, así que se omite"),
        ("the host has no space left", "al host no le queda espacio"),
        (
            "no space was left on the host when the worker ended with status %@",
            "al host no le quedaba espacio cuando el trabajador terminó con el estado %@"
        ),
        (
            "no space was left on the host when the worker ended",
            "al host no le quedaba espacio cuando el trabajador terminó"
        ),
        (
            "make room there: fleet runs reap --hosts %@ and fleet prune --hosts %@ remove what fleet left",
            "haz sitio allí: fleet runs reap --hosts %@ y fleet prune --hosts %@ borran lo que fleet dejó"
        ),
        (
            "%@ on %@ is no folder of fleet's own, so it stays as it is",
            "%@ en %@ no es una carpeta propia de fleet, así que se queda como está"
        ),
        (
            "is root: right in the inventory? Without --purge the inventory alone forgets the host",
            "¿es correcto root: en el inventario? Sin --purge solo el inventario olvida el host"
        ),
        ("%@ on %@ holds what is not fleet's: %@", "%@ en %@ contiene lo que no es de fleet: %@"),
        ("jobs run on %@: %@", "en %@ se ejecutan trabajos: %@"),
        (
            "wait for their end, or end them: fleet runs stop --hosts %@",
            "espera a que terminen, o termínalos: fleet runs stop --hosts %@"
        ),
        ("%@ still starts tasks by itself: %@", "%@ todavía inicia tareas por sí mismo: %@"),
        (
            "take its schedules away first: fleet schedule remove --hosts %@",
            "quita primero sus programaciones: fleet schedule remove --hosts %@"
        ),
        (
            "%@ still starts tasks of other projects by itself: %@",
            "%@ todavía inicia por sí mismo tareas de otros proyectos: %@"
        ),
        (
            "in the project of each: fleet schedule remove --hosts %@; where the project is gone, on the host: remove its line, which ends in its name, with crontab -e, and its folder in schedules/",
            "en el proyecto de cada una: fleet schedule remove --hosts %@; si el proyecto ya no existe, en el host: quita su línea, que termina en su nombre, con crontab -e, y su carpeta en schedules/"
        ),
        (
            "other file systems are mounted in %@ on %@: %@",
            "hay otros sistemas de archivos montados en %@ en %@: %@"
        ),
        (
            "unmount them first; without --purge the inventory alone forgets the host",
            "desmóntalos primero; sin --purge solo el inventario olvida el host"
        ),
        (
            "other machines share %@ with %@, and jobs may run there: %@",
            "otras máquinas comparten %@ con %@, y puede que allí se ejecuten trabajos: %@"
        ),
        (
            "wait for their end; where such a machine is gone for ever: fleet runs stop --hosts %@",
            "espera a que terminen; si una de esas máquinas ya no existe: fleet runs stop --hosts %@"
        ),
        (
            "Slurm may still have tasks of these runs of %@: %@",
            "puede que Slurm tenga todavía tareas de estas ejecuciones de %@: %@"
        ),
        (
            "wait for their end, or end each from its project: fleet runs cancel RUN",
            "espera a que terminen, o termina cada una desde su proyecto: fleet runs cancel EJECUCIÓN"
        ),
        ("somebody installs packages on %@: %@", "alguien instala paquetes en %@: %@"),
        ("wait for the end of the push, then try again", "espera a que termine el envío y vuelve a intentarlo"),
        ("processes on %@ work in %@: %@", "hay procesos en %@ que trabajan en %@: %@"),
        (
            "end them there, then try again; the number is that of the process",
            "termínalos allí y vuelve a intentarlo; el número es el del proceso"
        ),
        (
            "%@ is there, but nobody knows what is in fleet's folder: %@",
            "%@ está ahí, pero no se sabe qué hay en la carpeta de fleet: %@"
        ),
        (
            "fleet doctor %@ says more; without --purge the inventory alone forgets it",
            "fleet doctor %@ dice más; sin --purge solo el inventario lo olvida"
        ),
        ("fleet's folder on %@ can't be removed: %@", "no se puede eliminar la carpeta de fleet en %@: %@"),
    ]
}
