using System.CommandLine;
using BenchmarkDotNet.Running;

namespace Helu.Benchmarks;

/// <summary><c>bench</c>: the BenchmarkDotNet suite.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var passedOn = new Argument<string[]>("arguments")
        {
            Description = "Passed on to BenchmarkDotNet, after --: for example -- --filter *Linear* --job short. None: everything.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("bench", "Runs the BenchmarkDotNet suite.") { passedOn };
        command.SetAction(arguments =>
        {
            string[] given = arguments.GetValue(passedOn) ?? [];
            string[] selection = given.Length == 0 ? ["--filter", "*"] : given;
            // In this process: the program that BenchmarkDotNet would build for each benchmark lacks the set-up that lets libtorch load.
            BenchmarkSwitcher.FromAssembly(typeof(BenchCommand).Assembly).Run([.. selection, "--inProcess"]);
        });
        return command;
    }
}
