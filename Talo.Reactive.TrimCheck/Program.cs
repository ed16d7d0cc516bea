using System;
using System.Collections.Generic;
using Talo.Reactive.TrimCheck;

// Every entity, a type of the game's own, both engines and a played session, with unused parts cut away. 0 when all of it works.
var failures = new List<string>();
var entities = Entities.CheckAll(failures);
var ownTypes = OwnTypes.Check(failures);
var engines = await EngineCheck.CheckAllAsync(failures);
var events = await PlayedGame.CheckAsync(failures);
foreach (var failure in failures) Console.Error.WriteLine(failure);
Console.WriteLine($"{entities} entities, {ownTypes} type of the game's own, {engines} engines, {events} typed events, {failures.Count} failures");
return failures.Count == 0 ? 0 : 1;
