namespace Helu.Package.Tests;

/// <summary>What a user does on the command line: <c>dotnet format analyzers</c> applies the fixes of the rules about dying ReLUs, and the project still builds and runs.</summary>
public class ReluFixTests
{
    [Fact]
    public void DotnetFormatRemovesReluFromTheOutputs()
    {
        using var user = new UserFolder();
        user.Write("App/App.csproj", UserFolder.Project("Exe", UserFolder.RunsTorchSharp, UserFolder.Package("HeLU", UserFolder.Version), UserFolder.Libtorch));
        user.Write(
            "App/Regression.cs",
            """
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            namespace Company;

            /// <summary>Predicts one number.</summary>
            public sealed class Regression : Module<Tensor, Tensor>
            {
                private readonly Linear hidden = Linear(4, 16);
                private readonly Linear output = Linear(16, 1);

                public Regression() : base("Regression") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    x = hidden.call(x).relu();
                    x = output.call(x);
                    // the prediction
                    return functional.relu(x);
                }
            }

            """);
        user.Write(
            "App/Program.cs",
            """
            using Company;
            using TorchSharp;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            manual_seed(1);
            var net = Sequential(
                ("hidden", Linear(4, 16)),
                ("act", ReLU()),
                ("output", Linear(16, 1)),
                ("positive", ReLU()));
            using var optimizer = optim.SGD(net.parameters(), 0.01);
            functional.mse_loss(net.call(randn(8, 4)), randn(8, 1)).backward();
            optimizer.step();
            System.Console.WriteLine($"negative {(net.call(randn(64, 4) * 10) < 0).any().item<bool>()} {(new Regression().call(randn(64, 4) * 10) < 0).any().item<bool>()}");

            """);

        user.Dotnet("App", "format", "analyzers", "--diagnostics", "HELU1006");

        Assert.Contains("        x = output.call(x);\n        // the prediction\n        return x;\n", user.Read("App/Regression.cs"), StringComparison.Ordinal);
        Assert.Contains("    (\"act\", ReLU()),\n    (\"output\", Linear(16, 1)));\n", user.Read("App/Program.cs"), StringComparison.Ordinal);
        user.Dotnet("App", "build", "-c", "Release", "--nologo", "-warnaserror");
        Assert.Contains("negative True True", user.Dotnet("App", "run", "-c", "Release", "--no-build"), StringComparison.Ordinal);
    }

    [Fact]
    public void DotnetFormatInitialisesConstantWeightsAndBiases()
    {
        using var user = new UserFolder();
        user.Write("App/App.csproj", UserFolder.Project("Exe", UserFolder.RunsTorchSharp, UserFolder.Package("HeLU", UserFolder.Version), UserFolder.Libtorch));
        user.Write(
            "App/Program.cs",
            """
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            manual_seed(1);
            var net = new Net();
            System.Console.WriteLine($"weights {net.fc.weight.std().item<float>() > 0.1} biases {net.second.bias!.abs().sum().item<float>()}");

            public sealed class Net : Module<Tensor, Tensor>
            {
                public readonly Linear fc = Linear(8, 16), second = Linear(16, 16);

                private readonly Linear logits = Linear(16, 3);

                public Net() : base("Net")
                {
                    init.constant_(fc.weight, 0.1);
                    init.constant_(second.bias!, -9); // starts low
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) =>
                    logits.call(functional.relu(second.call(functional.relu(fc.call(x)))));
            }

            """);

        // What the bias does is known once the weights before it are.
        user.Dotnet("App", "format", "analyzers", "--diagnostics", "HELU1004");
        user.Dotnet("App", "format", "analyzers", "--diagnostics", "HELU1003");

        Assert.Contains(
            "        init.kaiming_uniform_(fc.weight, nonlinearity: init.NonlinearityType.ReLU);\n        init.zeros_(second.bias!); // starts low\n",
            user.Read("App/Program.cs"), StringComparison.Ordinal);
        user.Dotnet("App", "build", "-c", "Release", "--nologo", "-warnaserror");
        Assert.Contains("weights True biases 0", user.Dotnet("App", "run", "-c", "Release", "--no-build"), StringComparison.Ordinal);
    }

    [Fact]
    public void DotnetFormatInitialisesADeepStackWithKaiming()
    {
        using var user = new UserFolder();
        user.Write("App/App.csproj", UserFolder.Project("Exe", UserFolder.RunsTorchSharp, UserFolder.Package("HeLU", UserFolder.Version), UserFolder.Libtorch));
        user.Write(
            "App/Program.cs",
            """
            using System.Linq;
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            manual_seed(1);
            var net = new Net();
            System.Console.WriteLine($"Kaiming {net.parameters().Where(p => p.ndim == 2).All(p => p.std().item<float>() > 0.15)}");

            public sealed class Net : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 64), fc3 = Linear(64, 64), fc4 = Linear(64, 64), fc5 = Linear(64, 64), fc6 = Linear(64, 64), head = Linear(64, 10);

                public Net() : base("Net") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    x = fc2.call(fc1.call(x).relu()).relu();
                    x = fc4.call(fc3.call(x).relu()).relu();
                    x = fc6.call(fc5.call(x).relu()).relu();
                    return head.call(x);
                }
            }

            """);

        user.Dotnet("App", "format", "analyzers", "--diagnostics", "HELU1002");

        Assert.Contains("init.kaiming_uniform_(linear.weight, nonlinearity: init.NonlinearityType.ReLU);", user.Read("App/Program.cs"), StringComparison.Ordinal);
        user.Dotnet("App", "build", "-c", "Release", "--nologo", "-warnaserror");
        // Kaiming's deviation at 64 inputs is sqrt(2/64) = 0.177; the default's is 1/sqrt(3*64) = 0.072.
        Assert.Contains("Kaiming True", user.Dotnet("App", "run", "-c", "Release", "--no-build"), StringComparison.Ordinal);
    }

    [Fact]
    public void DotnetFormatSwapsTheNarrowestReluForHeLU()
    {
        using var user = new UserFolder();
        user.Write("App/App.csproj", UserFolder.Project("Exe", UserFolder.RunsTorchSharp, UserFolder.Package("HeLU", UserFolder.Version), UserFolder.Libtorch));
        user.Write(
            "App/Program.cs",
            """
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            var x = tensor(new[] { -0.01f }).requires_grad_();
            Net.Act(x).backward();
            System.Console.WriteLine($"gradient just below zero {x.grad!.item<float>()} in {new Net().call(randn(8, 4)).shape[0]}");

            public sealed class Net : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(4, 4), fc2 = Linear(4, 4), fc3 = Linear(4, 2), fc4 = Linear(2, 4), head = Linear(4, 1);

                public Net() : base("Net") => RegisterComponents();

                public static Tensor Act(Tensor x) => functional.relu(x); // in the narrow place

                public override Tensor forward(Tensor x)
                {
                    x = fc2.call(fc1.call(x).relu()).relu();
                    return head.call(fc4.call(Act(fc3.call(x))).relu());
                }
            }

            """);

        user.Dotnet("App", "format", "analyzers", "--diagnostics", "HELU1001");

        Assert.Contains("functional.helu(x); // in the narrow place\n", user.Read("App/Program.cs"), StringComparison.Ordinal);
        user.Dotnet("App", "build", "-c", "Release", "--nologo", "-warnaserror");
        Assert.Contains("gradient just below zero 1 in 8", user.Dotnet("App", "run", "-c", "Release", "--no-build"), StringComparison.Ordinal);
    }
}
