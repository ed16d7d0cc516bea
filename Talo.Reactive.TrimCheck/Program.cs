using System;
using System.Collections.Generic;
using Talo.Reactive.TrimCheck;

// Every entity and a played session, in a program whose unused parts were cut away. 0 when all of it works.
var failures = new List<string>();
var entities = Entities.CheckAll(failures);
var events = await PlayedGame.CheckAsync(failures);
foreach (var failure in failures) Console.Error.WriteLine(failure);
Console.WriteLine($"{entities} entities, {events} typed events, {failures.Count} failures");
return failures.Count == 0 ? 0 : 1;
