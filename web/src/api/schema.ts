// Generated from openapi.json by `npm run generate`; do not edit.

export interface paths {
    "/v1/courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The courses with what they hold, by id */
        get: operations["listCourses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The skills of a course and what each needs, in its order */
        get: operations["listSkills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The items of a course, in its order */
        get: operations["listItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/students": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The students of a course, by id */
        get: operations["listStudents"];
        put?: never;
        /** Enrol a student in a course */
        post: operations["enrolStudent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/class": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mastery of every student and skill, and whom to see first */
        get: operations["classOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The model that serves a course, how well it foresees, and what challenges it */
        get: operations["courseModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go back to the model that served before; the course then keeps it */
        post: operations["rollbackModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the course adapt again after a rollback */
        post: operations["resumeAdapting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How well a course is foreseen, what was noticed, and what is being tried */
        get: operations["courseMonitor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The runs that a course has, had or may get */
        get: operations["courseRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a registered run serve a fifth of the students, on trial */
        post: operations["tryModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the run on trial serve everyone */
        post: operations["promoteModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/model/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the trial: the run serves nobody any more */
        post: operations["withdrawModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens in the course as it happens: answers, and how its model adapts. Last-Event-ID goes on where a stream before has ended */
        get: operations["classEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/mastery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every skill of a course with the student's estimate, band and evidence */
        get: operations["studentMastery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The student's answers in a course, in the order in which they came */
        get: operations["listAnswers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The next items for one student, best first, each with its reason */
        get: operations["recommendNext"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The skills to go over again, each with its recall and the day it is put on */
        get: operations["reviewQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/recommendations/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was recommended to a student, the latest first, and what it was made from */
        get: operations["recommendationHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/recommendations/{recommendation_no}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A recommendation of the past made again, and whether anything differs */
        get: operations["replayRecommendation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record one answer; the reply says what it changed and what could come next */
        post: operations["recordAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record up to 10,000 answers, one a line, in one commit; each is recorded or refused by itself */
        post: operations["recordAnswers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say of a recommendation: accept, swap, dismiss, too_hard or too_easy; the reply is what comes next instead */
        post: operations["recordFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How hard a student wants the items of a course to be */
        get: operations["studentPreferences"];
        /** Set how hard the items of a course should be for a student */
        put: operations["setPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be recommended in a course, in which order and by when */
        get: operations["teachingRules"];
        /** Set the rules of a course, or of one student in it; they replace those before */
        put: operations["setTeachingRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/courses/{course_id}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be read, watched or done in a course beside its items */
        get: operations["courseResources"];
        /** List the resources of a course; they replace those before */
        put: operations["setCourseResources"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/explanations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an item: the reason, what its prediction is made of (pieces that sum to the change of the logit), and what a right or wrong answer would change */
        get: operations["explainItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mastery and the next item as they would be after answers that never happened */
        get: operations["whatIf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/students/{student_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What to practise to reach a goal within the minutes there are, with the mastery expected on the way; ask again after answers, and it plans anew */
        get: operations["planForStudent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One step of an adaptive test: the answers so far in, the next question and the report so far out; question null means that the test is over. Record each answer with POST /v1/answers, which grades it */
        post: operations["testStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server asks who comes, and who is signed in */
        get: operations["whoAmI"];
        put?: never;
        /** Sign in; the reply sets a cookie. 429 when too many attempts were refused */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/oidc/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To the identity provider's own sign-in page. 429 when too many were refused */
        get: operations["beginProviderSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the identity provider sends people back to: signs in and moves on to the app. Browsers (Accept: text/html) get refusals as pages. Other parameters are ignored. 429 when too many were refused */
        get: operations["finishProviderSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts by id: a platform admin's view is of all, a school admin's of the school's */
        get: operations["listAccounts"];
        put?: never;
        /** Add an account; the first one closes an open server */
        post: operations["addAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Let nobody in under an account, and end its sessions */
        delete: operations["disableAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Service keys by id, without what opens the door */
        get: operations["listKeys"];
        put?: never;
        /** Add a service key; the reply shows it this once */
        post: operations["addKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a service key at once */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schools that the caller sees, by id */
        get: operations["listSchools"];
        put?: never;
        /** Add a school, and its organisation when that is new */
        post: operations["addSchool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The classes that the caller sees, by id */
        get: operations["listClasses"];
        put?: never;
        /** Add a class when its id is new, and members to it; those that are there stay */
        post: operations["addToClass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log, oldest first; `meno audit verify` checks its chain */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server works, and what it serves */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The student models this program has */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description */
        get: operations["describeApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers; where it does not, restart it */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The run is loaded and the store can be read; 503 where not, or about to stop */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures in Prometheus' text format, of the whole server */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            /**
             * @description RFC 9457: the status says what kind of problem it is
             * @enum {string}
             */
            type: "about:blank";
            /** @description what the status is called */
            title: string;
            status: number;
            /** @description one sentence: what was seen and what is expected */
            detail: string;
            /** @enum {string} */
            code: "invalid_input" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "precondition_failed" | "key_reused" | "unavailable" | "internal";
            /** @description the field or parameter that is refused, where it is one */
            field?: string;
            /** @description by which the server's log names the request */
            request_id?: string;
            /** @description code and detail under the names they had before */
            error: {
                kind: string;
                message: string;
            };
        };
        Text: {
            en: string;
            "zh-CN": string;
        };
        Band: {
            p_mastery: number;
            low: number;
            high: number;
        };
        Health: {
            /** @enum {string} */
            status: "ok";
            version: string;
            run: {
                model: string;
                learner: string;
                data_hash: string;
                version: string;
                simulated: boolean;
            };
            /** @enum {string} */
            adapt: "auto" | "off";
            /** @description courses in use whose model is another than the run that the server was given */
            own_models: number;
            students: number;
            answers: number;
        };
        ServerState: {
            /** @enum {string} */
            status: "alive" | "ready";
            version: string;
            /** @description version of the run that the server was given */
            run: string;
        };
        /** @description Prometheus' text format, version 0.0.4 */
        Metrics: string;
        ModelList: {
            models: {
                name: string;
                summary: string;
                source: string;
            }[];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        ClassEvent: {
            /**
             * @description refresh: much has changed, or events were missed; read the class anew
             * @enum {string}
             */
            kind: "answer" | "refresh" | "model";
            student_id?: string;
            item_id?: string;
            correct?: boolean;
            answered_at?: string;
            mastery?: {
                skill_id: string;
                p_mastery: number;
            }[];
            version?: string;
            answers?: number;
            tuned_on?: number;
        };
        OpenApi: {
            openapi: string;
        };
        CourseList: {
            courses: components["schemas"]["Course"][];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        Course: {
            id: string;
            name: components["schemas"]["Text"];
            skills: number;
            items: number;
            students: number;
            simulated: boolean;
            has_content: boolean;
        };
        SkillList: {
            skills: components["schemas"]["Skill"][];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        Skill: {
            id: string;
            name: components["schemas"]["Text"];
            strand: components["schemas"]["Text"] | null;
            prerequisites: string[];
        };
        ItemList: {
            items: {
                id: string;
                skills: string[];
                title: components["schemas"]["Text"];
            }[];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        StudentList: {
            students: components["schemas"]["Student"][];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        Student: {
            id: string;
            display_name: string;
            simulated: boolean;
            answers: number;
        };
        BatchReply: {
            recorded: number;
            /** @description answers that were there already */
            repeated: number;
            refused: {
                line: number;
                kind: string;
                message: string;
            }[];
        };
        StudentRequest: {
            id?: string;
            display_name: string;
            /** @description which of the caller's classes to join; may be left out where there is only one */
            class_id?: string;
        };
        SignInRequest: {
            account_id: string;
            password: string;
        };
        AccountRequest: {
            /** @description the name to sign in with */
            id: string;
            /** @enum {string} */
            role: "student" | "teacher" | "school_admin" | "platform_admin";
            display_name?: string;
            school_id?: string;
            /** @description whose record a student's account opens; its id when left out */
            student_id?: string;
            /** @description enrol the student here first */
            course_id?: string;
            /** @description a class of the school to join */
            class_id?: string;
            /** @description made when left out */
            password?: string;
        };
        NewAccount: {
            id: string;
            /** @description the one that was made */
            password: string | null;
        };
        KeyRequest: {
            id: string;
            /** @description separated by commas */
            scopes: string;
            /** @description only for this school's classes */
            school_id?: string;
            /** @description until it expires; 0 is never */
            days?: number;
        };
        NewKey: {
            id: string;
            key: string;
            scopes: string;
        };
        AnswerList: {
            answers: {
                event_id: string;
                item_id: string;
                variant: number;
                /** @description as typed or chosen */
                response: string | null;
                correct: number;
                answered_at: string | null;
                response_ms: number | null;
                hints_used: number | null;
                /** @description of the request that brought it, as in the log; null where none did */
                request_id: string | null;
            }[];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        AccountList: {
            accounts: {
                id: string;
                /** @enum {string} */
                role: "student" | "teacher" | "school_admin" | "platform_admin";
                display_name: string;
                school_id: string | null;
                /** @description whose record a student's account opens */
                student_id: string | null;
                disabled: boolean;
            }[];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        KeyList: {
            keys: {
                id: string;
                scopes: string;
                /** @description null: every school */
                school_id: string | null;
                expires_at: string | null;
                revoked: boolean;
            }[];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        School: {
            id: string;
            name: string;
            organisation_id: string;
            organisation_name: string;
        };
        SchoolList: {
            schools: components["schemas"]["School"][];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        SchoolRequest: {
            id: string;
            /** @description its id when left out */
            name?: string;
            /** @description whose school it is, made when new; its own when left out */
            organisation_id?: string;
            organisation_name?: string;
        };
        ClassList: {
            classes: {
                id: string;
                school_id: string;
                name: string;
                courses: number;
                teachers: number;
                students: number;
            }[];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        ClassRequest: {
            id: string;
            /** @description may be left out by who belongs to one */
            school_id?: string;
            /** @description of a new class; its id when left out */
            name?: string;
            courses?: string[];
            teachers?: string[];
            students?: string[];
        };
        AuditList: {
            rows: {
                no: number;
                at: string | null;
                actor: string;
                action: string;
                target: string;
                detail: string;
                /** @description over the row before and this one */
                hash: string;
            }[];
            /** @description the cursor of the next page; null on the last */
            next: string | null;
        };
        Named: {
            id: string;
        };
        Session: {
            /**
             * @description open: nobody is asked who they are
             * @enum {string}
             */
            mode: "open" | "accounts";
            account_id: string | null;
            role: null | ("student" | "teacher" | "school_admin" | "platform_admin");
            display_name: string | null;
            /** @description whom a student's account acts for */
            student_id: string | null;
            expires_at: string | null;
            /** @description an identity provider whose accounts are a way in as well */
            provider: null | {
                name: string;
                /** @description where a browser goes to sign in */
                path: string;
            };
        };
        StudentMastery: {
            student_id: string;
            course_id: string;
            model_version: string;
            skills: {
                skill_id: string;
                p_mastery: number;
                low: number;
                high: number;
                /** @description 80 % band of p_mastery under the model's posterior; null for a run without one */
                p_low: number | null;
                p_high: number | null;
                answers: number;
                last_answered_at: string | null;
                /** @enum {string} */
                state: "mastered" | "learning" | "weak" | "not_enough_evidence";
                /** @enum {string} */
                trend: "unknown" | "rising" | "steady" | "falling";
                /** @description share of what was learnt that is expected to be left since the last practice; null without an answer */
                recall: number | null;
                /** @description where its own answers are few: what the skills beside it in the graph say */
                inferred: null | {
                    p_mastery: number;
                    low: number;
                    high: number;
                    from: string[];
                };
            }[];
        };
        ReviewQueue: {
            student_id: string;
            course_id: string;
            /** @description a skill is due when its recall has fallen to this share of what it was after its last practice */
            retention: number;
            reviews: {
                skill_id: string;
                /** @description now */
                p_recall: number;
                due_at: string;
                /** @description the day it is put on, UTC */
                day: string;
            }[];
            /** @description reviews a day, today first */
            load: number[];
            later: number;
            /** @description that adapted the curve to the student */
            tests_of_memory: number;
        };
        RecommendationList: {
            student_id: string;
            course_id: string;
            model_version: string;
            /** @description the success rate aimed at */
            target: number;
            recommendations: components["schemas"]["Recommendation"][];
        };
        Recommendation: {
            item: components["schemas"]["Item"];
            p_correct: number;
            /** @description 80 % band of p_correct under the model's posterior; null for a run without one */
            p_low: number | null;
            p_high: number | null;
            reason: components["schemas"]["Reason"];
            /** @description to study before the item */
            resource: components["schemas"]["SuggestedResource"] | null;
        };
        /** @description by a fixed rule: how much it helps has not been measured */
        SuggestedResource: {
            /** @description POST /v1/feedback takes it as item_id */
            id: string;
            /** @enum {string} */
            kind: "reading" | "video" | "worked_example" | "exercise" | "project";
            title: components["schemas"]["Text"];
            minutes: number;
            url: string | null;
            /** @description an item of the course, solved; null on paths */
            example: null | {
                prompt: components["schemas"]["Text"];
                right_answer: components["schemas"]["Text"];
                explanation: components["schemas"]["Text"];
                math: boolean;
            };
            /** @enum {string} */
            need: "repeated_failure" | "thin_prerequisite" | "new_skill" | "review" | "apply";
            skill_id: string;
            text: components["schemas"]["Text"];
        };
        CourseResources: {
            resources: {
                /** @description no item's */
                id: string;
                /** @enum {string} */
                kind: "reading" | "video" | "worked_example" | "exercise" | "project";
                title?: components["schemas"]["Text"] | string | null;
                skills: string[];
                /** @description usual ones of the kind when absent */
                minutes?: number | null;
                /** @description https://…, http://… or a path */
                url?: string | null;
                /** @description a worked example shows this item of the course, solved */
                item_id?: string | null;
            }[];
        };
        CourseResourcesReply: {
            course_id: string;
            resources: {
                id: string;
                /** @enum {string} */
                kind: "reading" | "video" | "worked_example" | "exercise" | "project";
                title: components["schemas"]["Text"];
                skills: string[];
                minutes: number;
                url: string | null;
                item_id: string | null;
            }[];
        };
        Item: {
            id: string;
            variant: number;
            title: components["schemas"]["Text"];
            skills: string[];
            content: components["schemas"]["ItemContent"] | null;
        };
        ItemContent: {
            prompt: components["schemas"]["Text"];
            /** @enum {string} */
            answer_kind: "choice" | "number";
            choices: null | {
                id: string;
                text: components["schemas"]["Text"];
            }[];
            hints: components["schemas"]["Text"][];
            math: boolean;
        };
        Reason: {
            /** @enum {string} */
            code: "prerequisite_gap" | "practice_zone" | "review_forgetting" | "explore_not_enough_evidence" | "stretch" | "due_soon" | "teacher_order" | "explore_uncertain";
            skill_id: string;
            text: components["schemas"]["Text"];
            p_mastery: number;
            low: number;
            high: number;
            /** @description the date set by a teacher, of a due_soon */
            due_at: string | null;
            answers_on_skill: number;
            evidence: {
                event_id: string;
                item_id: string;
                correct: boolean;
                answered_at: string | null;
            }[];
            counterfactual: components["schemas"]["Text"];
            model: {
                name: string;
                data_hash: string;
                version: string;
            };
        };
        AnswerRequest: {
            /** @description chosen by the caller; the same id again is the same answer */
            event_id: string;
            course_id: string;
            student_id: string;
            item_id: string;
            variant?: number;
            /** @description a choice's id or typed text, graded by the server */
            response?: string;
            /** @description for items without text */
            correct?: boolean;
            /** Format: date-time */
            answered_at?: string;
            response_ms?: number;
            hints_used?: number;
        } & (unknown | unknown);
        AnswerReply: {
            event_id: string;
            /** @description of everything in this reply */
            model_version: string;
            recorded: boolean;
            correct: boolean;
            feedback: null | components["schemas"]["Feedback"];
            mastery: {
                skill_id: string;
                before: components["schemas"]["Band"];
                after: components["schemas"]["Band"];
            }[];
            next: null | components["schemas"]["Recommendation"];
        };
        Feedback: {
            right_answer: components["schemas"]["Text"];
            explanation: components["schemas"]["Text"];
            misconception: null | {
                id: string;
                name: components["schemas"]["Text"];
                advice: components["schemas"]["Text"];
            };
        };
        RecommendationFeedbackRequest: {
            /** @description chosen by the caller; the same id again is the same feedback */
            event_id: string;
            course_id: string;
            student_id: string;
            /** @description the item that was recommended, or a resource's id */
            item_id: string;
            /** @enum {string} */
            kind: "accept" | "swap" | "dismiss" | "too_hard" | "too_easy";
            /** Format: date-time */
            given_at?: string;
        };
        RecommendationFeedbackReply: {
            event_id: string;
            model_version: string;
            recorded: boolean;
            /** @description the success rate aimed at from now on */
            target: number;
            next: null | components["schemas"]["Recommendation"];
        };
        PreferencesRequest: {
            /** @description the success rate to aim at; null for the teacher's, or the usual one */
            target: number | null;
        };
        Preferences: {
            student_id: string;
            course_id: string;
            /** @description as set; null where nothing is */
            target: number | null;
            /** @description what recommendations aim at now, moved by what was said of them */
            aimed_at: number;
        };
        TeachingRules: {
            /** @description if any: items on other skills are not recommended */
            allowed_skills?: string[];
            forbidden_skills?: string[];
            /** @description if any: no other item is recommended */
            allowed_items?: string[];
            forbidden_items?: string[];
            /** @description skills; the first that is not mastered comes before everything else, until its turn is over: after order_attempts answers, or past its date */
            order?: string[];
            due?: {
                skill_id: string;
                /** Format: date-time */
                due_at: string;
            }[];
            /** @description answers until an item is as good as new; 15 unless set */
            repeat_gap?: number | null;
            /** @description the success rate to aim at for students who have set none; .78 unless set */
            target?: number | null;
            /** @description now and then what is uncertain instead of what looks best; off unless set */
            exploration?: boolean | null;
            /** @description whether resources are proposed; on unless set */
            resources?: boolean | null;
            /** @description answers on a skill of the order after which the next one has its turn; 40 unless set */
            order_attempts?: number | null;
        };
        TeachingRulesReply: {
            course_id: string;
            /** @description null: of the whole course */
            student_id: string | null;
            rules: components["schemas"]["TeachingRules"];
        };
        ClassOverview: {
            course_id: string;
            model_version: string;
            skills: {
                id: string;
                name: components["schemas"]["Text"];
            }[];
            students: {
                id: string;
                display_name: string;
                simulated: boolean;
                answers: number;
                last_answered_at: string | null;
                mastery: (number | null)[];
                evidence: number[];
            }[];
            needs_help: {
                student_id: string;
                /** @enum {string} */
                kind: "struggling" | "idle" | "rapid_guessing" | "absent";
                skill_id: string | null;
                reason: components["schemas"]["Text"];
                evidence_count: number;
                suggestion: components["schemas"]["Text"];
            }[];
        };
        VersionRequest: {
            /** @description the one in service, as the caller saw it */
            version: string;
        };
        Foresight: {
            /** @description each foreseen before it was known */
            answers: number;
            /** @description nats per answer */
            log_loss: number | null;
            auc: number | null;
            ece: number | null;
            /** @description mean p_correct less the share of right answers */
            bias: number | null;
        };
        CourseModel: {
            course_id: string;
            version: string;
            /** @description of the run that the server was given */
            base_version: string;
            since: string | null;
            model: {
                name: string;
                learner: string;
                data_hash: string;
                simulated: boolean;
            };
            /** @enum {string} */
            adapting: "off" | "names_items" | "waiting" | "watching" | "paused";
            /** @description watched */
            students: number;
            /** @description of the students watched, as far as the watch has got */
            answers: number;
            foresight: components["schemas"]["Foresight"];
            challenger: null | {
                /** @description answers it knows */
                tuned_on: number;
                foresight: components["schemas"]["Foresight"];
                incumbent: components["schemas"]["Foresight"];
                students: number;
                /** @description nats per answer over the model in service, on the same answers */
                gain: number;
                p_value: number;
                /** @description p_value for a swap at the next growth point */
                needed: number;
            };
            changes: {
                /** @enum {string} */
                action: "swap" | "rollback" | "resume" | "canary" | "promote" | "withdraw";
                version: string;
                at: string | null;
            }[];
        };
        Contribution: {
            piece: string;
            name: components["schemas"]["Text"];
            /** @description above 0 speaks for a right answer */
            logit: number;
        };
        WhatIf: {
            answers: number;
            correct: boolean;
            p_before: number;
            p_after: number;
            mastery: {
                skill_id: string;
                before: components["schemas"]["Band"];
                after: components["schemas"]["Band"];
                /** @enum {string} */
                state: "mastered" | "learning" | "weak" | "not_enough_evidence";
            }[];
            next: null | {
                item_id: string;
                title: components["schemas"]["Text"];
                /** @enum {string} */
                code: "prerequisite_gap" | "practice_zone" | "review_forgetting" | "explore_not_enough_evidence" | "stretch" | "due_soon" | "teacher_order" | "explore_uncertain";
                text: components["schemas"]["Text"];
            };
        };
        WhatIfReply: {
            student_id: string;
            course_id: string;
            model_version: string;
            simulated: boolean;
            what_if: components["schemas"]["WhatIf"];
        };
        ItemExplanation: {
            student_id: string;
            course_id: string;
            model_version: string;
            simulated: boolean;
            item: {
                id: string;
                title: components["schemas"]["Text"];
                skills: string[];
            };
            /** @description the item that is recommended now, perhaps the same */
            recommended: string;
            reason: components["schemas"]["Reason"];
            prediction: {
                text: components["schemas"]["Text"];
                /** @description of a student of whom nothing is known, on a typical item of the course: the baseline */
                p_typical: number;
                /** @description its logit */
                typical: number;
                p_correct: number;
                /** @description of p_correct; typical plus the contributions */
                logit: number;
                /** @description by what the model is shown; empty for a model without named evidence */
                by_evidence: components["schemas"]["Contribution"][];
                /** @description by what each answer changed */
                by_answer: components["schemas"]["Contribution"][];
                /** @description the answers that changed it most */
                telling: {
                    event_id: string;
                    item_id: string;
                    correct: boolean;
                    answered_at: string | null;
                    logit: number;
                }[];
            };
            if_right: components["schemas"]["WhatIf"];
            if_wrong: components["schemas"]["WhatIf"];
        };
        Plan: {
            student_id: string;
            course_id: string;
            model_version: string;
            simulated: boolean;
            goal_id: string;
            goal_name: components["schemas"]["Text"];
            minutes: number;
            answers: number;
            mastery_at: number;
            p_start: number;
            p_end: number;
            p_end_low: number;
            p_end_high: number;
            /** @description within the minutes, expected */
            reached: boolean;
            minutes_planned: number;
            /** @description without a limit; null: not within 1,000 answers */
            minutes_needed: number | null;
            /** @description students whose answers say how fast is learnt; 0: general rates */
            fitted_on: number;
            steps: {
                skill_id: string;
                skill_name: components["schemas"]["Text"];
                item_id: string;
                item_title: components["schemas"]["Text"];
                p_correct: number;
                minutes: number;
                p_after: number;
                /** @description to study before it; its minutes are within the plan's, and nothing is expected to be gained by it */
                resource: components["schemas"]["SuggestedResource"] | null;
            }[];
            without_items: string[];
        };
        TestRequest: {
            course_id: string;
            /** @description somebody new when absent */
            student_id?: string;
            /** @description ids or names; all items when empty or absent */
            skills?: string[];
            /** @description so far, in order */
            answers?: {
                item_id: string;
                correct: boolean;
            }[];
            /** @description a progress test: begin with so many latest answers of the student */
            known?: number;
            elapsed_s?: number;
            /** @description stop here */
            end?: boolean;
            shortest?: number;
            longest?: number;
            /** @description end at this standard deviation of the ability; 0: never */
            precision?: number;
            /** @description end once elapsed_s has reached it; 0: never */
            seconds?: number;
            /** @description end once it is clear on which side of this ability the student is */
            cut?: number;
            /**
             * @description by the ability's 90 % band (unless set), by Wald's likelihood ratio at cut + and - indifference, or by that of the best ability on either side
             * @enum {string}
             */
            classify?: "band" | "sprt" | "glr";
            /** @description sprt, glr: half the width of the region in which either side will do; .3 unless set */
            indifference?: number;
            /** @description sprt, glr: chance of calling a student below who is above; .05 unless set */
            error_below?: number;
            /** @description and the other way round */
            error_above?: number;
            /** @description Sympson-Hetter: no item of the course is asked of a larger share of students in tests of all items; 0 or 1: no limit */
            exposure?: number;
            /** @description draw among so many best items; 1 unless set */
            among_best?: number;
            /** @description of what is drawn, beside the student's id: the same at every step of a test, another for another */
            seed?: number;
        };
        TestStep: {
            course_id: string;
            student_id: string | null;
            simulated: boolean;
            calibration: {
                students: number;
                answers: number;
            };
            question: components["schemas"]["Item"] | null;
            report: {
                /** @description 0 is the average student, 1 a standard deviation; a 90 % band */
                ability: {
                    mean: number;
                    sd: number;
                    low: number;
                    high: number;
                };
                /** @enum {string} */
                stopped: "running" | "precision" | "classified" | "time" | "longest" | "nothing_left" | "ended";
                stopped_text: components["schemas"]["Text"];
                /** @description null without a cut, and while the rule does not decide; the likelier side where sprt or glr ended undecided */
                above_cut: boolean | null;
                skills: {
                    skill_id: string;
                    name: components["schemas"]["Text"];
                    asked: number;
                    right: number;
                    /** @description foreseen, mean over the skill's items */
                    p_correct: number;
                }[];
                items: {
                    item_id: string;
                    correct: boolean;
                    p_before: number;
                    ability: number;
                    sd: number;
                }[];
            };
        };
        KeptRecommendation: {
            no: number;
            made_at: string | null;
            model_version: string;
            /** @description of the student's, in order, that it was made from */
            answers: number;
            /** @description of the student's, in order, that it was made from */
            feedback: number;
            /** @description items asked for */
            wanted: number;
            /** @description a success rate that was asked for this once */
            asked_target: number | null;
            /** @description a success rate that the student had set */
            own_target: number | null;
            /** @description of the draw, where it explored */
            seed: number | null;
            /** @description hash of program, run, course, candidates and rules */
            context: string;
            /** @description hash of everything that was said of the items */
            digest: string;
            /** @description of the request that asked for it, as in the log; null where none did */
            request_id: string | null;
            items: {
                item_id: string;
                variant: number;
                p_correct: number;
                reason: string;
            }[];
        };
        RecommendationHistory: {
            student_id: string;
            course_id: string;
            recommendations: components["schemas"]["KeptRecommendation"][];
        };
        ReplayedRecommendation: {
            student_id: string;
            course_id: string;
            model_version: string;
            kept: components["schemas"]["KeptRecommendation"];
            /** @description items, p_correct and every word and number beside them, bit for bit */
            identical: boolean;
            difference: string | null;
            recommendations: components["schemas"]["Recommendation"][];
        };
        CourseMonitor: {
            course_id: string;
            simulated: boolean;
            version: string;
            foresight: components["schemas"]["Foresight"];
            block_answers: number;
            /** @description of so many answers each, oldest first */
            blocks: components["schemas"]["Foresight"][];
            drift: {
                /** @description of the version in service */
                alarm: boolean;
                /** @description that it no longer foresees as it did */
                evidence_log10: number;
                /** @description for an alarm: if nothing changes that takes 10 to this power answers in the mean */
                needed_log10: number;
            };
            alarms: {
                /** @enum {string} */
                kind: "surprise" | "overestimates" | "underestimates";
                version: string;
                at: string | null;
            }[];
            trial: null | {
                version: string;
                since: string | null;
                /** @description of the students, whom it serves */
                share: number;
                number: number;
                /** @description whose answers both have foreseen */
                students: number;
                candidate: components["schemas"]["Foresight"];
                serving: components["schemas"]["Foresight"];
                /** @description nats per answer over the run in service, on the same answers */
                gain: number;
                log_better: number;
                log_worse: number;
                /** @description of log_better to serve everyone, of log_worse to serve nobody */
                needed: number;
            };
            /** @description recommendations by run and reason, and what students said of them */
            uptake: {
                version: string;
                /** @enum {string} */
                reason: "prerequisite_gap" | "practice_zone" | "review_forgetting" | "explore_not_enough_evidence" | "stretch" | "due_soon" | "teacher_order" | "explore_uncertain";
                /** @description feedback; null: the recommendations themselves */
                said: null | ("accept" | "swap" | "dismiss" | "too_hard" | "too_easy");
                count: number;
            }[];
            retraining: null | {
                /** @enum {string} */
                phase: "waiting" | "reading" | "training" | "stopped" | "failed" | "done";
                since: string | null;
                answers: number;
                version: string | null;
                error: string | null;
            };
        };
        RunList: {
            course_id: string;
            runs: {
                version: string;
                /** @enum {string} */
                state: "candidate" | "canary" | "serving" | "retired";
                /** @enum {string} */
                origin: "given" | "adapted" | "retrained";
                /** @description the version in service when it was made */
                parent: string | null;
                base_version: string;
                model: string;
                data_hash: string;
                simulated: boolean;
                made_at: string | null;
                changed_at: string | null;
                share: number;
                /** @description a JSON document */
                metrics: string;
                /** @description why it came to its state, a JSON document */
                figures: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCourses: {
        parameters: {
            query?: {
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The courses with what they hold, by id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listSkills: {
        parameters: {
            query?: {
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The skills of a course and what each needs, in its order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SkillList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listItems: {
        parameters: {
            query?: {
                /** @description only items of this skill */
                skill?: string;
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items of a course, in its order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listStudents: {
        parameters: {
            query?: {
                /** @description only those whose displayed name begins so */
                name?: string;
                /** @description only those of this class */
                class_id?: string;
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The students of a course, by id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    enrolStudent: {
        parameters: {
            query?: never;
            header?: {
                /** @description chosen by the caller: for a day the same request under it gives the first reply and has no second effect. Printable ASCII, at most 200 characters, hard to guess */
                "Idempotency-Key"?: string;
            };
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StudentRequest"];
            };
        };
        responses: {
            /** @description Enrol a student in a course */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Student"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description key_reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    classOverview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mastery of every student and skill, and whom to see first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassOverview"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    courseModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model that serves a course, how well it foresees, and what challenges it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseModel"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    rollbackModel: {
        parameters: {
            query?: never;
            header?: {
                /** @description chosen by the caller: for a day the same request under it gives the first reply and has no second effect. Printable ASCII, at most 200 characters, hard to guess */
                "Idempotency-Key"?: string;
            };
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionRequest"];
            };
        };
        responses: {
            /** @description Go back to the model that served before; the course then keeps it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseModel"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description key_reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    resumeAdapting: {
        parameters: {
            query?: never;
            header?: {
                /** @description chosen by the caller: for a day the same request under it gives the first reply and has no second effect. Printable ASCII, at most 200 characters, hard to guess */
                "Idempotency-Key"?: string;
            };
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionRequest"];
            };
        };
        responses: {
            /** @description Let the course adapt again after a rollback */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseModel"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description key_reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    courseMonitor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How well a course is foreseen, what was noticed, and what is being tried */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseMonitor"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    courseRuns: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs that a course has, had or may get */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    tryModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionRequest"];
            };
        };
        responses: {
            /** @description Let a registered run serve a fifth of the students, on trial */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    promoteModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionRequest"];
            };
        };
        responses: {
            /** @description Let the run on trial serve everyone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    withdrawModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionRequest"];
            };
        };
        responses: {
            /** @description End the trial: the run serves nobody any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    classEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happens in the course as it happens: answers, and how its model adapts. Last-Event-ID goes on where a stream before has ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ClassEvent"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    studentMastery: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every skill of a course with the student's estimate, band and evidence */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudentMastery"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listAnswers: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description only answers on items of this skill */
                skill?: string;
                /** @description only what happened then or later, e.g. 2026-11-23T21:00:00Z */
                from?: string;
                /** @description only what happened earlier than that */
                before?: string;
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The student's answers in a course, in the order in which they came */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    recommendNext: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description how many items */
                count?: number;
                /** @description what if this success rate were aimed at, in per cent (default: what is set) */
                target?: number;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The next items for one student, best first, each with its reason */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationList"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    reviewQueue: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description how many days, today first */
                days?: number;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The skills to go over again, each with its recall and the day it is put on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewQueue"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    recommendationHistory: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description how many */
                count?: number;
                /** @description only numbers below this one */
                before?: number;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was recommended to a student, the latest first, and what it was made from */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationHistory"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    replayRecommendation: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
            };
            header?: never;
            path: {
                student_id: string;
                recommendation_no: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A recommendation of the past made again, and whether anything differs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedRecommendation"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordAnswer: {
        parameters: {
            query?: {
                /** @description how much of the next recommendation to send: full (the default), brief (without its counterfactual, several times faster) or none */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerRequest"];
            };
        };
        responses: {
            /** @description Record one answer; the reply says what it changed and what could come next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordAnswers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["AnswerRequest"];
            };
        };
        responses: {
            /** @description Record up to 10,000 answers, one a line, in one commit; each is recorded or refused by itself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecommendationFeedbackRequest"];
            };
        };
        responses: {
            /** @description Say of a recommendation: accept, swap, dismiss, too_hard or too_easy; the reply is what comes next instead */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationFeedbackReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    studentPreferences: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How hard a student wants the items of a course to be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    setPreferences: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
            };
            header?: {
                /** @description ETags; 412 when none is that of now */
                "If-Match"?: string;
            };
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesRequest"];
            };
        };
        responses: {
            /** @description Set how hard the items of a course should be for a student */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description precondition_failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    teachingRules: {
        parameters: {
            query?: {
                /** @description rules for one student, beside the course's */
                student_id?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What may be recommended in a course, in which order and by when */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeachingRulesReply"];
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    setTeachingRules: {
        parameters: {
            query?: {
                /** @description rules for one student, beside the course's */
                student_id?: string;
            };
            header?: {
                /** @description ETags; 412 when none is that of now */
                "If-Match"?: string;
            };
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeachingRules"];
            };
        };
        responses: {
            /** @description Set the rules of a course, or of one student in it; they replace those before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeachingRulesReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description precondition_failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    courseResources: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What can be read, watched or done in a course beside its items */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseResourcesReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    setCourseResources: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CourseResources"];
            };
        };
        responses: {
            /** @description List the resources of a course; they replace those before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourseResourcesReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    explainItem: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description the one recommended now when absent */
                item_id?: string;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why an item: the reason, what its prediction is made of (pieces that sum to the change of the logit), and what a right or wrong answer would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemExplanation"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    whatIf: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description the item that would be answered */
                item_id?: string;
                /** @description or the skill whose items would be answered in turn */
                skill_id?: string;
                /** @description how many answers are supposed */
                answers?: number;
                /** @description right (the default) or wrong, all of them */
                result?: string;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mastery and the next item as they would be after answers that never happened */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIfReply"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    planForStudent: {
        parameters: {
            query: {
                /** @description the course */
                course_id: string;
                /** @description a skill's id, or its name in either language */
                goal: string;
                /** @description there are; 0: no limit */
                minutes?: number;
                /** @description answers at most */
                steps?: number;
            };
            header?: never;
            path: {
                student_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What to practise to reach a goal within the minutes there are, with the mastery expected on the way; ask again after answers, and it plans anew */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    testStep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestRequest"];
            };
        };
        responses: {
            /** @description One step of an adaptive test: the answers so far in, the next question and the report so far out; question null means that the test is over. Record each answer with POST /v1/answers, which grades it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestStep"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    whoAmI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the server asks who comes, and who is signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description Sign in; the reply sets a cookie. 429 when too many attempts were refused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    beginProviderSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the identity provider's own sign-in page. 429 when too many were refused */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    finishProviderSignIn: {
        parameters: {
            query?: {
                /** @description what the provider gives */
                code?: string;
                /** @description as the provider was given it */
                state?: string;
                /** @description the provider's refusal */
                error?: string;
                /** @description the provider's address */
                iss?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the identity provider sends people back to: signs in and moves on to the app. Browsers (Accept: text/html) get refusals as pages. Other parameters are ignored. 429 when too many were refused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description only those of this school */
                school_id?: string;
                /** @description only this role */
                role?: string;
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accounts by id: a platform admin's view is of all, a school admin's of the school's */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    addAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description chosen by the caller: for a day the same request under it gives the first reply and has no second effect. Printable ASCII, at most 200 characters, hard to guess */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountRequest"];
            };
        };
        responses: {
            /** @description Add an account; the first one closes an open server */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewAccount"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description key_reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    disableAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let nobody in under an account, and end its sessions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Named"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description only those of this school */
                school_id?: string;
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Service keys by id, without what opens the door */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    addKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description chosen by the caller: for a day the same request under it gives the first reply and has no second effect. Printable ASCII, at most 200 characters, hard to guess */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRequest"];
            };
        };
        responses: {
            /** @description Add a service key; the reply shows it this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description key_reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a service key at once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Named"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listSchools: {
        parameters: {
            query?: {
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schools that the caller sees, by id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchoolList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    addSchool: {
        parameters: {
            query?: never;
            header?: {
                /** @description chosen by the caller: for a day the same request under it gives the first reply and has no second effect. Printable ASCII, at most 200 characters, hard to guess */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchoolRequest"];
            };
        };
        responses: {
            /** @description Add a school, and its organisation when that is new */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["School"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description key_reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listClasses: {
        parameters: {
            query?: {
                /** @description only those of this school */
                school_id?: string;
                /** @description only those that work on this course */
                course_id?: string;
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The classes that the caller sees, by id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    addToClass: {
        parameters: {
            query?: never;
            header?: {
                /** @description chosen by the caller: for a day the same request under it gives the first reply and has no second effect. Printable ASCII, at most 200 characters, hard to guess */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClassRequest"];
            };
        };
        responses: {
            /** @description Add a class when its id is new, and members to it; those that are there stay */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Named"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description key_reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description only what this account or key did */
                actor?: string;
                /** @description only this, e.g. login_failed */
                action?: string;
                /** @description only what happened then or later, e.g. 2026-11-23T21:00:00Z */
                from?: string;
                /** @description only what happened earlier than that */
                before?: string;
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The audit log, oldest first; `meno audit verify` checks its chain */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the server works, and what it serves */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: {
                /** @description at most this many rows */
                limit?: number;
                /** @description rows after a page: its "next", which stands in its Link field too */
                cursor?: string;
                /** @description json or csv (default: as the Accept field says, else json) */
                format?: string;
            };
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The student models this program has */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                    "text/csv": string;
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    describeApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags; 304 when one is the reply's */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This description */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApi"];
                };
            };
            /** @description as the caller has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers; where it does not, restart it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerState"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run is loaded and the store can be read; 503 where not, or about to stop */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerState"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures in Prometheus' text format, of the whole server */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; version=0.0.4; charset=utf-8": components["schemas"]["Metrics"];
                };
            };
            /** @description invalid_input */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description unauthenticated */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Error"];
                };
            };
        };
    };
}
