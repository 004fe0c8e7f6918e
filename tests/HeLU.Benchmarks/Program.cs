using System.CommandLine;
using Helu.Benchmarks;

var command = new RootCommand("Measures HeLU against ReLU and against a custom autograd function.")
{
    RatiosCommand.Create(),
    BenchCommand.Create(),
};
return command.Parse(args).Invoke();
