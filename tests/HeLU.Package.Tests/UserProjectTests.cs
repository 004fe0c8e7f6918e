namespace Helu.Package.Tests;

/// <summary>What a stranger does: install the packages, annotate, build, run.</summary>
public class UserProjectTests
{
    private const string Net =
        """
        using Helu;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        [Activation(Kind.HeLU)]
        public class NAME : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = Sequential(Identity(), ReLU());

            public NAME() : base("NAME") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.relu(layers.call(x));

            public static float GradientAt(float point)
            {
                using Tensor x = tensor(new[] { point }).requires_grad_();
                new NAME().call(x).sum().backward();
                return x.grad!.item<float>();
            }
        }
        """;

    [Fact]
    public void AnAppThatInstallsHeluTrainsWithHelu()
    {
        using var user = new UserFolder();
        user.Write("App/App.csproj", UserFolder.Project("Exe", UserFolder.RunsTorchSharp + "<InterceptorsNamespaces>Of.The.User</InterceptorsNamespaces>", UserFolder.Package("HeLU", UserFolder.Version), UserFolder.Libtorch));
        user.Write("App/Net.cs", Net.Replace("NAME", "Net", StringComparison.Ordinal));
        user.Write("App/Program.cs", "System.Console.WriteLine($\"gradients {Net.GradientAt(-0.01f)} {Net.GradientAt(-1f)} {Net.GradientAt(1f)}\");");

        user.Dotnet("App", "build", "-c", "Release", "--nologo", "-warnaserror");

        Assert.Contains("gradients 1 0 1", user.Dotnet("App", "run", "-c", "Release", "--no-build"), StringComparison.Ordinal);
        string namespaces = user.Dotnet("App", "msbuild", "-getProperty:InterceptorsNamespaces").Trim();
        Assert.Equal("Of.The.User;Helu.Generated", namespaces);
    }

    [Fact]
    public void AnAppOverALibraryThatUsesThePackageTrainsWithHeluInBoth()
    {
        using var user = new UserFolder();
        user.Write("Lib/Lib.csproj", UserFolder.Project("Library", "", UserFolder.Package("HeLU", UserFolder.Version)));
        user.Write("Lib/LibNet.cs", Net.Replace("NAME", "LibNet", StringComparison.Ordinal));
        user.Write("App/App.csproj", UserFolder.Project("Exe", UserFolder.RunsTorchSharp, "<ProjectReference Include=\"../Lib/Lib.csproj\" />", UserFolder.Libtorch));
        user.Write("App/AppNet.cs", Net.Replace("NAME", "AppNet", StringComparison.Ordinal));
        user.Write("App/Program.cs", "System.Console.WriteLine($\"gradients {LibNet.GradientAt(-0.01f)} {AppNet.GradientAt(-0.01f)}\");");

        user.Dotnet("App", "build", "-c", "Release", "--nologo", "-warnaserror");

        Assert.Contains("gradients 1 1", user.Dotnet("App", "run", "-c", "Release", "--no-build"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheBuildReportsWhatIsNotSwapped()
    {
        using var user = new UserFolder();
        user.Write("Lib/Lib.csproj", UserFolder.Project("Library", "", UserFolder.Package("HeLU", UserFolder.Version)));
        user.Write(
            "Lib/Net.cs",
            """
            using Helu;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            [Activation(Kind.HeLU)]
            public static class Net
            {
                public static Module<Tensor, Tensor> Activation() => ReLU();
            }
            """);

        string output = user.Dotnet("Lib", "build", "--nologo");

        Assert.Contains("Net.cs(8,58): warning HELU0001", output, StringComparison.Ordinal);
    }

    [Fact]
    public void DotnetFormatMakesModelsPartialAndTheirInferenceClassesAreThere()
    {
        using var user = new UserFolder();
        user.Write("Lib/Lib.csproj", UserFolder.Project("Library", "", UserFolder.Package("HeLU", UserFolder.Version)));
        string models =
            """
            using Helu;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            namespace Company;

            public static class Models
            {
                // the first
                [Activation(Kind.HeLU)]
                public sealed class Small : Module<Tensor, Tensor>
                {
                    private readonly Linear fc = Linear(8, 2);

                    public Small() : base("Small") => RegisterComponents();

                    public override Tensor forward(Tensor x) => fc.call(functional.relu(x));
                }

                [Activation(Kind.HeLU)]
                public class Any<T> : Module<Tensor, Tensor>
                    where T : Module<Tensor, Tensor>, new()
                {
                    private readonly T inner = new();

                    public Any() : base("Any") => RegisterComponents();

                    public override Tensor forward(Tensor x) => functional.relu(inner.call(x));
                }
            }

            """;
        user.Write("Lib/Models.cs", models);

        user.Dotnet("Lib", "format", "analyzers", "--diagnostics", "HELU0008", "--severity", "info");

        Assert.Equal(
            models.Replace("static class", "static partial class", StringComparison.Ordinal)
                .Replace("sealed class", "sealed partial class", StringComparison.Ordinal)
                .Replace("public class", "public partial class", StringComparison.Ordinal),
            File.ReadAllText(System.IO.Path.Combine(user.Path, "Lib", "Models.cs")));
        user.Write(
            "Lib/Use.cs",
            """
            namespace Company;

            public static class Use
            {
                public static Models.SmallInference Small() => new Models.Small().ToInference();

                public static Models.AnyInference<Models.Small> Any() => new Models.Any<Models.Small>().ToInference();
            }
            """);
        user.Dotnet("Lib", "build", "--nologo", "-warnaserror");
    }
}
