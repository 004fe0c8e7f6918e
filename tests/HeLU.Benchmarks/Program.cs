using System.CommandLine;
using BenchmarkDotNet.Running;
using Helu.Benchmarks.Ratios;
using TorchSharp;

Option<string> filter = new("--filter") { Description = "Only ratios whose name contains this", DefaultValueFactory = _ => "" };
Option<int> threads = new("--threads") { Description = "Threads that libtorch may use, 1 or more", DefaultValueFactory = _ => 1 };
Option<bool> list = new("--list") { Description = "Print the names, measure nothing" };
threads.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 1)
        result.AddError("--threads must be 1 or more.");
});

Command ratios = new("ratios", "Times A and B in turns in one process; prints a line each: NAME MEDIAN MIN MAX A vs B, where MEDIAN is A's time over B's")
{
    filter, threads, list,
};
ratios.SetAction((result, token) =>
{
    torch.set_num_threads(result.GetValue(threads));
    Ratio[] chosen = [.. HeluRatios.All().Concat(CompileRatios.All()).Where(ratio => ratio.Name.Contains(result.GetValue(filter)!, StringComparison.OrdinalIgnoreCase))];
    if (chosen.Length == 0)
    {
        Console.Error.WriteLine($"No ratio's name contains '{result.GetValue(filter)}'; --list prints all names.");
        return Task.FromResult(1);
    }
    foreach (Ratio ratio in chosen)
    {
        token.ThrowIfCancellationRequested();
        Console.WriteLine(result.GetValue(list) ? ratio.Name : RatioRunner.Run(ratio));
    }
    return Task.FromResult(0);
});

Argument<string[]> passedOn = new("arguments") { Description = "Arguments for BenchmarkDotNet, after --", Arity = ArgumentArity.ZeroOrMore };
Command bench = new("bench", "The full suite, with BenchmarkDotNet") { passedOn };
bench.SetAction(result => { BenchmarkSwitcher.FromAssembly(typeof(Ratio).Assembly).Run(result.GetValue(passedOn)); });

return await new RootCommand("Speed of HeLU and of the generator") { ratios, bench }.Parse(args).InvokeAsync();
