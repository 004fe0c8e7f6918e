using System.CommandLine;
using Helu.Benchmarks;

var command = new RootCommand("Measures HeLU against ReLU and against a custom autograd function, and frozen models against TorchSharp and ONNX Runtime.")
{
    RatiosCommand.Create(),
    AllocationsCommand.Create(),
    BenchCommand.Create(),
};
return command.Parse(args).Invoke();
