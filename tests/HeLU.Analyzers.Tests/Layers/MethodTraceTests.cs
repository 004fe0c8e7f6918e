extern alias compiler;

using compiler::Helu.ModelReading.Layers;
using Helu.Analyzers.Tests.Harness;

namespace Helu.Analyzers.Tests.Layers;

/// <summary>A method is traced to the models that it builds, how it trains them, and the losses that it computes.</summary>
public class MethodTraceTests
{
    [Fact]
    public void Sequentials_optimisers_and_losses_of_a_training_program_are_found()
    {
        Trace trace = LayerTraces.OfMethod(Program(
            """
            int hidden = 64;
            double lr = 0.5;
            var net = Sequential(Linear(10, hidden), ReLU(), Linear(hidden, 3), ReLU());
            var optimizer = torch.optim.SGD(net.parameters(), lr, momentum: 0.9);
            var loss = CrossEntropyLoss();
            for (int epoch = 0; epoch < 1000; epoch++)
            {
                optimizer.zero_grad();
                var output = loss.call(net.call(torch.randn(8, 10)), torch.zeros(8));
                output.backward();
                optimizer.step();
            }
            """));

        TracedModel model = Assert.Single(trace.Models);
        Assert.Equal("Linear(10,64) ReLU Linear(64,3) ReLU", LayerTraces.Words(model.Layers));
        OptimiserUse optimiser = Assert.Single(trace.Optimisers);
        Assert.Equal("SGD", optimiser.Name);
        Assert.Same(model, Assert.Single(optimiser.Models));
        Assert.Equal(0.5, ((Value.Constant)optimiser.Arguments["learningRate"]).Content);
        Assert.Equal("lr", optimiser.Nodes["learningRate"].ToString());
        Assert.Equal(0.9, ((Value.Constant)optimiser.Arguments["momentum"]).Content);
        Layer loss = Assert.Single(trace.Losses);
        Assert.Equal(("cross_entropy", LayerKind.ReLU), (loss.Name, loss.Input!.Kind));
        Assert.True(trace.IsComplete);
    }

    [Fact]
    public void A_model_that_is_a_parameter_is_assumed_to_be_one_of_its_class()
    {
        Trace trace = LayerTraces.OfMethod(Program(
            "Train(new Net(), torch.randn(8, 4), torch.randn(8, 4));",
            """
            static void Train(Net net, Tensor x, Tensor y)
            {
                var optimizer = torch.optim.Adam(net.parameters(), weight_decay: 0.01);
                var loss = functional.mse_loss(net.call(x), y);
            }
            """), "Train");

        Assert.Equal("Linear(4,4) ReLU", LayerTraces.Words(Assert.Single(Assert.Single(trace.Optimisers).Models).Layers));
        Assert.Equal(LayerKind.ReLU, Assert.Single(trace.Losses).Input!.Kind);
    }

    [Fact]
    public void What_a_method_passes_to_another_is_known_there()
    {
        Trace trace = LayerTraces.OfMethod(Program(
            "Train(Sequential(Linear(4, 2), ReLU()), 1e-2);",
            "static void Train(Module<Tensor, Tensor> net, double rate) { var optimizer = torch.optim.SGD(net.parameters(), rate); }"));

        OptimiserUse optimiser = Assert.Single(trace.Optimisers);
        Assert.Equal(1e-2, ((Value.Constant)optimiser.Arguments["learningRate"]).Content);
        Assert.Equal("Linear(4,2) ReLU", LayerTraces.Words(Assert.Single(optimiser.Models).Layers));
    }

    [Fact]
    public void An_encoder_before_a_decoder_is_known_to_go_on()
    {
        Trace trace = LayerTraces.OfMethod(Program(
            """
            var encoder = Sequential(Linear(8, 2), ReLU());
            var decoder = Sequential(Linear(2, 8));
            var y = decoder.call(encoder.call(torch.randn(1, 8)).view(1, 2));
            """));

        Assert.Equal(2, trace.Models.Count);
        Assert.Contains(trace.Models[0].Module, trace.Continued);
        Assert.DoesNotContain(trace.Models[1].Module, trace.Continued);
    }

    private static string Program(string main, string methods = "") => Programs.WithUsings(
        $$"""
        public static class Program
        {
            public static void Main()
            {
                {{main}}
            }
            {{methods}}
        }
        public class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            public Net() : base("Net") => RegisterComponents();
            public override Tensor forward(Tensor x) => fc.call(x).relu();
        }
        """);
}
