extension Catalogue {
    static let engine: [Entry] = [
        (
            "it could not be ended on the host and may still run there",
            "no se pudo terminar en el host y puede que siga allí"
        ),
        ("still running after %@ s", "sigue en marcha después de %@ s"),
        (
            "out/metrics.json is not a JSON object, so there are no metrics",
            "out/metrics.json no es un objeto JSON, así que no hay métricas"
        ),
        ("the metric %@ is declared as %@, which it is not", "la métrica %@ está declarada como %@, y no lo es"),
        ("status 127: %@", "estado 127: %@"),
        ("status %@", "estado %@"),
        (
            "%@: the engine %@ runs %@, which is not in the package",
            "%@: el motor %@ ejecuta %@, que no está en el paquete"
        ),
        ("%@: the engine %@ runs %@, which is not executable", "%@: el motor %@ ejecuta %@, que no es ejecutable"),
        ("make it so: chmod +x %@", "hazlo ejecutable: chmod +x %@"),
        ("still running after %@ s, so it was stopped", "seguía en marcha tras %@ s, así que se detuvo"),
        ("give it longer with --timeout", "dale más tiempo con --timeout"),
        ("killed by the signal %@", "terminado por la señal %@"),
        (
            "the command is not on this host, or not on the PATH of a login without a terminal",
            "el comando no está en este host, o no en el PATH de una sesión sin terminal"
        ),
        ("the host's shell can't run the probe: %@", "el shell del host no puede ejecutar el sondeo: %@"),
        (
            "a host needs a POSIX shell, tar and the usual small tools",
            "un host necesita un shell POSIX, tar y las herramientas pequeñas habituales"
        ),
        ("the build step of %@ failed: %@", "falló el paso de compilación de %@: %@"),
        ("its whole output is in %@", "su salida completa está en %@"),
        ("the build step of %@ did not make %@", "el paso de compilación de %@ no creó %@"),
        ("%@: the package is named %@, its folder %@", "%@: el paquete se llama %@ y su carpeta %@"),
        ("give both the same name", "dales el mismo nombre a los dos"),
        ("this project has no packages", "este proyecto no tiene paquetes"),
        ("make one as packages/NAME/package.yaml", "crea uno en packages/NOMBRE/package.yaml"),
        ("there is no package \"%@\"", "no hay ningún paquete «%@»"),
        ("there are: %@", "hay: %@"),
        ("there is no package \"%@\", did you mean \"%@\"?", "no hay ningún paquete «%@», ¿querías decir «%@»?"),
        ("can't write on the host: %@", "no se puede escribir en el host: %@"),
        (
            "is the disk full, or the folder not the user's? root: in the inventory names another",
            "¿está lleno el disco, o la carpeta no es del usuario? root: en el inventario indica otra"
        ),
        ("a file of %@ arrived damaged: %@", "un archivo de %@ llegó dañado: %@"),
        ("push it again", "vuelve a enviarlo"),
        ("the host could not install %@: %@", "el host no pudo instalar %@: %@"),
        (
            "what it had before is still there and current",
            "lo que tenía antes sigue ahí y sigue siendo la versión actual"
        ),
        (
            "the command ended without a trace: nobody knows whether it was done",
            "el comando terminó sin dejar rastro: nadie sabe si llegó a hacerse"
        ),
        (
            "the shell may have been killed, or the host shut down; look at the host and run it again",
            "puede que se matara el shell o se apagara el host; mira el host y ejecútala otra vez"
        ),
        ("is the disk of this machine full?", "¿está lleno el disco de esta máquina?"),
        ("the first engine of the package", "el primer motor del paquete"),
        ("not %@", "no %@"),
        ("no engine of %@ runs here: %@", "aquí no funciona ningún motor de %@: %@"),
        ("the host has %@ on %@", "el host tiene %@ en %@"),
        ("the host has version %@, not %@", "el host tiene la versión %@, no la %@"),
        ("push it first, or leave --no-push out", "envíalo antes, o quita --no-push"),
        ("the host can't make the Python environment: %@", "el host no puede crear el entorno de Python: %@"),
        ("choose another way with --method python", "elige otro modo con --method python"),
        ("the job did not start: %@", "el trabajo no arrancó: %@"),
        (
            "the job was killed on the host, together with what watches it",
            "al trabajo lo mataron en el host, junto con lo que lo vigila"
        ),
        (
            "the host may be out of memory, or somebody ended it there; run it again",
            "puede que al host le falte memoria o que alguien lo haya terminado allí; ejecútalo otra vez"
        ),
        (
            "what follows the job was killed on the host; the job itself may go on",
            "lo que sigue al trabajo murió en el host; el trabajo quizá continúe"
        ),
        ("its folder there is %@/runs/%@", "allí su carpeta es %@/runs/%@"),
        ("the job ended without its trailer", "el trabajo terminó sin su cierre"),
        ("the results can't be read on the host: %@", "no se pueden leer los resultados en el host: %@"),
        ("the worker was stopped at its time limit", "se detuvo el programa al llegar a su límite de tiempo"),
        ("the worker was killed by signal %@", "el programa fue terminado por la señal %@"),
        ("the worker ended with status %@", "el programa terminó con el estado %@"),
        ("what it said is in %@/stderr", "lo que dijo está en %@/stderr"),
        (
            "%@ came back with another length than it had on the host",
            "%@ volvió con una longitud distinta de la que tenía en el host"
        ),
        ("run it again", "ejecútalo de nuevo"),
    ]
}
